package org.mmrace.explore.strategy;

import java.util.Arrays;
import org.mmrace.explore.Choice;

/**
 * How many steps of each task to expect in an execution: given numbers, or the mean of the executions seen so far, of
 * the first hundred at most. Of the first one nothing is known.
 */
final class Profile {
    /** Later executions teach nothing, so that they do not depend on each other. */
    private static final int LEARNS_FROM = 100;

    private final boolean learns;
    private long executions;
    private long[] totals;
    private long[] done = {};

    /** Learns from each execution. */
    Profile() {
        learns = true;
        totals = new long[0];
    }

    /** Expects {@code steps} of task 0, 1 and so on, whatever happens. */
    Profile(long... steps) {
        learns = false;
        executions = 1;
        totals = steps.clone();
    }

    /** An execution begins; what the last one has shown counts from now on. */
    void begin() {
        if (learns && done.length > 0 && executions < LEARNS_FROM) {
            executions++;
            totals = Arrays.copyOf(totals, done.length);
            for (int number = 0; number < done.length; number++) {
                totals[number] += done[number];
            }
        }
        Arrays.fill(done, 0);
    }

    /** A step of task {@code number} happens. */
    void happens(Choice choice, int number) {
        if (done.length != choice.tasks()) {
            done = new long[choice.tasks()];
        }
        done[number]++;
    }

    /** How many steps of task {@code number} are still to come; 1 at least, for it has not finished. */
    double left(int number) {
        if (number >= totals.length) {
            return 1;
        }
        long happened = number < done.length ? done[number] : 0;
        return Math.max(1, (double) totals[number] / executions - happened);
    }
}
