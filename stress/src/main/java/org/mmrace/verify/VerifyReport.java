package org.mmrace.verify;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run found.
 *
 * @param plan what was to run
 * @param tests one for each planned test, more where a test has parameters
 * @param elapsed wall time of the checker
 * @param interrupted whether it was told to end
 * @param broken why the checker did not come to its own end, with the last lines of its output; null when it did
 */
public record VerifyReport(
        VerifyPlan plan,
        List<TestReport> tests,
        Duration elapsed,
        boolean interrupted,
        @Nullable Broken broken) {
    /** Copies the list. */
    public VerifyReport {
        tests = List.copyOf(tests);
    }

    /**
     * A checker that died.
     *
     * @param reason in one line
     * @param lastLines of its output
     */
    public record Broken(String reason, List<String> lastLines) {
        /** Copies the list. */
        public Broken {
            lastLines = List.copyOf(lastLines);
        }
    }

    /** The tests that failed. */
    public List<TestReport> failures() {
        return tests.stream().filter(test -> test.verdict().fails()).toList();
    }

    /** How many tests have this verdict. */
    public long count(Verdict verdict) {
        return tests.stream().filter(test -> test.verdict() == verdict).count();
    }

    /** How many tests ran to their end. */
    public long ran() {
        return tests.size() - count(Verdict.DID_NOT_RUN) - count(Verdict.NOT_REACHED);
    }
}
