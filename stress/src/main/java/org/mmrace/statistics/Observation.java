package org.mmrace.statistics;

/**
 * How long one attempt took; or, when it found nothing, how long it looked (a right-censored observation).
 *
 * @param time in any unit, not negative
 * @param found whether something was found then
 */
public record Observation(double time, boolean found) {
    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException when it is negative or not a number
     */
    public Observation {
        if (!(time >= 0) || Double.isInfinite(time)) {
            throw new IllegalArgumentException("a time is a number from 0 on, not " + time);
        }
    }

    /** Something was found after {@code time}. */
    public static Observation found(double time) {
        return new Observation(time, true);
    }

    /** Nothing was found within {@code time}. */
    public static Observation censored(double time) {
        return new Observation(time, false);
    }
}
