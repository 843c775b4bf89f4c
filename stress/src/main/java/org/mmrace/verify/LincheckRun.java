package org.mmrace.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lincheck's tests under JUnit: discovers, runs, reads the events, and compares what was discovered with what ran. */
final class LincheckRun implements CheckerRun {
    private static final PlannedTest CANARY =
            new PlannedTest("[none]", "org.mmrace.lincheck.CanaryLincheckTest", 1, false);

    /** The method is the first part with parentheses; what follows names its parameters. */
    private static final Pattern FEED =
            Pattern.compile("(.*? > [^>]*\\([^>]*\\))(?: > .*)? :: (SUCCESSFUL|FAILED|ABORTED|SKIPPED)");

    private static final String JUNIT_FAILURE = "FAILED";

    private final VerifyConfig config;
    private final LincheckCommands commands;
    private final Child child = new Child();

    LincheckRun(VerifyConfig config, LincheckCommands commands) {
        this.config = config;
        this.commands = commands;
    }

    @Override
    public VerifyPlan plan() throws VerifyException, IOException {
        LincheckDiscovery discovery = new LincheckDiscovery();
        Path directory = Files.createDirectories(config.directory());
        Child.End end = new Child().run(commands.discover(), directory, log("list"), discovery::line, () -> {});
        if (end.exitCode() != 0) {
            throw new VerifyException("cannot list the tests of Lincheck: JUnit " + end.how() + ": "
                    + String.join(" / ", end.lastLines()));
        }
        List<PlannedTest> tests = new ArrayList<>(discovery.tests().stream()
                .filter(test -> config.selects(test.name()))
                .toList());
        if (config.tests() == null && tests.stream().noneMatch(PlannedTest::canary)) {
            tests.add(CANARY);
        }
        Duration perTest = perTest(tests.size());
        String choice = perTest == null ? "as long as each test takes" : perTest.toSeconds() + " s per test";
        return new VerifyPlan(Checker.LINCHECK, tests, choice, config.time() == null ? Duration.ZERO : config.time());
    }

    /** At least a second; null when no time was given. */
    private @Nullable Duration perTest(int tests) {
        return config.time() == null
                ? null
                : Duration.ofSeconds(Math.max(1, config.time().toSeconds() / Math.max(1, tests)));
    }

    private Path log(String name) {
        return config.directory().resolve(name + ".log");
    }

    @Override
    public VerifyReport run(VerifyPlan plan, VerifyListener listener) throws IOException {
        Path directory = config.directory().toAbsolutePath();
        Path file = directory.resolve(LincheckCommands.EVENTS_FILE);
        Files.deleteIfExists(file);
        List<PlannedTest> known =
                plan.tests().stream().filter(test -> !test.equals(CANARY)).toList();
        long start = System.nanoTime();
        Set<String> done = new HashSet<>();
        Set<String> failed = new HashSet<>();
        Child.End end = child.run(
                commands.execute(known, perTest(plan.tests().size()), directory),
                directory,
                log("output"),
                line -> {
                    Matcher feed = FEED.matcher(line);
                    if (feed.matches()) {
                        done.add(feed.group(1));
                        if (feed.group(2).equals(JUNIT_FAILURE)) {
                            failed.add(feed.group(1));
                        }
                        tell(plan, done, failed, listener, start);
                    }
                },
                () -> tell(plan, done, failed, listener, start));
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return report(plan, end, elapsed, LincheckEvents.read(file));
    }

    private static void tell(
            VerifyPlan plan, Set<String> done, Set<String> failed, VerifyListener listener, long start) {
        double part = (double) done.size() / plan.tests().size();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        listener.progress(VerifyProgress.of(plan, done.size(), failed.size(), elapsed, part));
    }

    private VerifyReport report(VerifyPlan plan, Child.End end, Duration elapsed, LincheckEvents events) {
        boolean interrupted = child.interrupted();
        boolean ended = !interrupted && events.complete();
        LincheckGrading grading = new LincheckGrading(ended, events.events());
        List<TestReport> tests = plan.tests().stream()
                .flatMap(test -> grading.grade(test).stream())
                .toList();
        boolean failed = tests.stream().anyMatch(test -> test.verdict().fails());
        return new VerifyReport(plan, tests, elapsed, interrupted, interrupted ? null : broken(end, ended, failed));
    }

    /** JUnit ends with 1 after a failed test. */
    private static VerifyReport.@Nullable Broken broken(Child.End end, boolean ended, boolean failed) {
        if (!ended || (end.exitCode() != 0 && !failed)) {
            return new VerifyReport.Broken("Lincheck's JVM " + end.how(), end.lastLines());
        }
        return end.lost() == null
                ? null
                : new VerifyReport.Broken("cannot keep the output of Lincheck: " + end.lost(), end.lastLines());
    }

    @Override
    public void interrupt() {
        child.interrupt();
    }
}
