package org.mmrace.verify;

import java.time.Duration;

/**
 * How far a run has come.
 *
 * @param done tests that have ended
 * @param planned tests in all
 * @param failures tests seen to fail so far
 * @param elapsed wall time since the checker was started
 * @param left an estimate; zero while there is nothing to go by
 */
public record VerifyProgress(int done, int planned, int failures, Duration elapsed, Duration left) {
    /** Extrapolates, unless the plan knows better. */
    static VerifyProgress of(VerifyPlan plan, int done, int failures, Duration elapsed) {
        int planned = plan.tests().size();
        Duration left = Duration.ZERO;
        if (done > 0) {
            left = elapsed.multipliedBy(Math.max(0, planned - done)).dividedBy(done);
        } else if (plan.expected().compareTo(elapsed) > 0) {
            left = plan.expected().minus(elapsed);
        }
        return new VerifyProgress(done, planned, failures, elapsed, left);
    }
}
