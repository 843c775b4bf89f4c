package org.mmrace.explore;

/**
 * What an execution may take before it is given up.
 *
 * @param stepsMax steps of all tasks together
 * @param turnsMax turns of one loop that calls {@code cond_resched()}; one more is a livelock
 */
public record Limits(int stepsMax, int turnsMax) {
    /** Enough for scenarios: their executions have hundreds of steps. */
    public static final Limits DEFAULT = new Limits(100_000, 1_000);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is not positive
     */
    public Limits {
        if (stepsMax < 1 || turnsMax < 1) {
            throw new IllegalArgumentException("limits are positive, not " + stepsMax + " and " + turnsMax);
        }
    }
}
