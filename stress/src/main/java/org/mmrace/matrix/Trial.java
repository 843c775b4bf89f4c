package org.mmrace.matrix;

import java.time.Duration;
import java.util.List;
import org.mmrace.fault.Fault;

/**
 * One attempt of one checker at one fault.
 *
 * @param fault what it was to find
 * @param checker its name
 * @param on whether the fault was there; without it nothing may be found
 * @param seed where its random choices came from; 0 for a checker that makes none
 * @param caughtBy the invariants that were broken, the first one first, or {@link Fault#OUTCOME}; empty when nothing
 *     was found
 * @param time until it was found, or all of it
 * @param runs operations, executions or samples until then, as the checker counts
 */
public record Trial(
        Fault fault, String checker, boolean on, long seed, List<String> caughtBy, Duration time, long runs) {
    /** Copies the list. */
    public Trial {
        caughtBy = List.copyOf(caughtBy);
    }

    /** Whether anything was found. */
    public boolean caught() {
        return !caughtBy.isEmpty();
    }

    /**
     * Whether one of the invariants that the catalogue names was among them, or an outcome that a test or a scenario of
     * this very fault forbids.
     */
    public boolean caughtAsNamed() {
        return caughtBy.stream()
                .anyMatch(what -> what.equals(Fault.OUTCOME) || fault.caughtBy().contains(what));
    }
}
