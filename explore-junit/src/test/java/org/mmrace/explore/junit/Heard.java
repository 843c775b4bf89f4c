package org.mmrace.explore.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What JUnit says of one method. */
final class Heard implements TestExecutionListener {
    private final Map<String, String> reports = new LinkedHashMap<>();
    private Optional<Throwable> failure = Optional.empty();
    private int tests;

    private Heard() {}

    /** Runs the test {@code method} of {@code programs}, and no other one. */
    static Heard of(Class<?> programs, String method) {
        Heard heard = new Heard();
        Class<?>[] types = Arrays.stream(programs.getDeclaredMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow()
                .getParameterTypes();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(programs, method, types))
                                .build(),
                        heard);
        assertThat(heard.tests).isEqualTo(1);
        return heard;
    }

    /** What was published, by key. */
    Map<String, String> reports() {
        return reports;
    }

    /** Why it has failed. */
    Optional<Throwable> failure() {
        return failure;
    }

    /** The message of the failure, or that it passed. */
    String message() {
        return failure.map(Throwable::getMessage).orElse("passed");
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        reports.putAll(entry.getKeyValuePairs());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            tests++;
            failure = result.getThrowable();
        }
    }
}
