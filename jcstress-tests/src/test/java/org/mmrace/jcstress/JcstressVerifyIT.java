package org.mmrace.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mmrace.verify.Checker;
import org.mmrace.verify.JUnitXml;
import org.mmrace.verify.Jdk;
import org.mmrace.verify.PlannedTest;
import org.mmrace.verify.Verification;
import org.mmrace.verify.VerifyConfig;
import org.mmrace.verify.VerifyException;
import org.mmrace.verify.VerifyListener;
import org.mmrace.verify.VerifyPlan;
import org.mmrace.verify.VerifyReport;
import org.mmrace.verify.VerifyText;

/**
 * Runs the jar as {@code mmrace verify jcstress} does: some families of races in a minute, on JDK 17 in two, or with
 * {@code -Dbudget=weekly} all tests within an hour.
 */
class JcstressVerifyIT {
    private static final Pattern SUBSET =
            Pattern.compile("\\.(Canary|PageRef|SpinLock|GupPin|GupFastOperation)Tests\\.");
    private static final Duration SUBSET_TIME = Duration.ofSeconds(75);

    /** For as much of each: jcstress runs everything twice there, with and without biased locking. */
    private static final Duration SUBSET_TIME_ON_17 = Duration.ofSeconds(110);

    private static final Duration WEEKLY_TIME = Duration.ofHours(1);

    @Test
    void everyTestRunsAndNoneFails() throws IOException, VerifyException {
        Path home = Path.of(System.getProperty("home", ".."));
        Path out = Files.createDirectories(home.resolve("jcstress-tests/target/verify"));
        Verification verification = Verification.of(config(home, out));
        VerifyPlan plan = verification.plan();
        assertThat(plan.tests()).anyMatch(PlannedTest::canary);
        Instant started = Instant.now();
        VerifyReport report = verification.run(plan, VerifyListener.NONE);
        JUnitXml.write(report, started, out);
        assertThat(report.failures()).as(VerifyText.of(report)).isEmpty();
        assertThat(report.broken()).as(VerifyText.of(report)).isNull();
        assertThat(report.ran()).isEqualTo(plan.tests().size());
    }

    private static VerifyConfig config(Path home, Path out) {
        String budget = System.getProperty("budget", "quick");
        Jdk jdk = Jdk.current();
        Duration subsetTime = jdk.major() > 17 ? SUBSET_TIME : SUBSET_TIME_ON_17;
        return switch (budget) {
            case "quick" -> new VerifyConfig(Checker.JCSTRESS, home, jdk, SUBSET, subsetTime, out);
            case "weekly" -> new VerifyConfig(Checker.JCSTRESS, home, jdk, null, WEEKLY_TIME, out);
            default -> throw new IllegalArgumentException("-Dbudget is quick or weekly, not " + budget);
        };
    }
}
