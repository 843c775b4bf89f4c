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
    /** Before that the first tests, which also wait for a start, would speak for all. */
    private static final double PART_TO_EXTRAPOLATE = 0.1;

    /**
     * Extrapolates; before there is anything to go by, the plan knows better.
     *
     * @param part of all the work that is done, 0 to 1
     */
    static VerifyProgress of(VerifyPlan plan, int done, int failures, Duration elapsed, double part) {
        Duration left = Duration.ZERO;
        if (part >= PART_TO_EXTRAPOLATE) {
            left = Duration.ofMillis((long) (elapsed.toMillis() * Math.max(0, 1 - part) / part));
        } else if (plan.expected().compareTo(elapsed) > 0) {
            left = plan.expected().minus(elapsed);
        }
        return new VerifyProgress(done, plan.tests().size(), failures, elapsed, left);
    }
}
