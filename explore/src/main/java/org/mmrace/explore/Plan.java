package org.mmrace.explore;

import java.util.function.BooleanSupplier;

/**
 * How long to explore, and what to count.
 *
 * @param executionsMax how many executions there may be
 * @param enough asked between two executions: true ends it. Here go time and interrupts, for the scheduler has no clock
 * @param pastBad whether to go on after the first bad result, and count them
 * @param traces whether to count traces, which costs some time at each step
 * @param limits what one execution may take
 */
public record Plan(long executionsMax, BooleanSupplier enough, boolean pastBad, boolean traces, Limits limits) {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException when there would be no execution
     */
    public Plan {
        if (executionsMax < 1) {
            throw new IllegalArgumentException("one execution or more, not " + executionsMax);
        }
    }

    /** So many executions, or the first bad one. */
    public static Plan of(long executionsMax) {
        return new Plan(executionsMax, () -> false, false, false, Limits.DEFAULT);
    }

    /** As many executions as the strategy has, or the first bad one. */
    public static Plan exhaustive() {
        return of(Long.MAX_VALUE);
    }

    /** Ends also when {@code newEnough} says so. */
    public Plan until(BooleanSupplier newEnough) {
        return new Plan(executionsMax, newEnough, pastBad, traces, limits);
    }

    /** Goes on after the first bad result. */
    public Plan goingOn() {
        return new Plan(executionsMax, enough, true, traces, limits);
    }

    /** Counts traces. */
    public Plan countingTraces() {
        return new Plan(executionsMax, enough, pastBad, true, limits);
    }

    /** With other limits. */
    public Plan within(Limits newLimits) {
        return new Plan(executionsMax, enough, pastBad, traces, newLimits);
    }
}
