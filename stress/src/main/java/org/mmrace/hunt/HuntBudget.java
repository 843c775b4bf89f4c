package org.mmrace.hunt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mmrace.stress.Durations;
import org.mmrace.stress.StressText;

/**
 * How much each scenario gets.
 *
 * @param executionsMax executions at most
 * @param time how long at most
 */
public record HuntBudget(long executionsMax, Duration time) {
    /** No limit that anybody will see. */
    public static final Duration UNLIMITED = Duration.ofDays(365);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when nothing could run
     */
    public HuntBudget {
        if (executionsMax < 1) {
            throw new IllegalArgumentException("there must be 1 execution at least, not " + executionsMax);
        }
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        if (executionsMax < Long.MAX_VALUE) {
            words.add(StressText.thousands(executionsMax) + " executions");
        }
        if (time.compareTo(UNLIMITED) < 0) {
            words.add(Durations.format(time));
        }
        return words.isEmpty() ? "as long as it takes" : String.join(" or ", words);
    }
}
