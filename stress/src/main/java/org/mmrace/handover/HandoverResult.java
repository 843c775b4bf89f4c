package org.mmrace.handover;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Violation;
import org.mmrace.explore.Schedule;
import org.mmrace.script.Scenario;

/**
 * What came out of a {@link Handover}.
 *
 * @param invariant what was looked for
 * @param scenarios how many scenarios were tried
 * @param executions how many executions of them there were
 * @param elapsed how long it took
 * @param interrupted whether it was told to stop
 * @param reproduced where it was seen again; null if it was not
 */
public record HandoverResult(
        String invariant,
        int scenarios,
        long executions,
        Duration elapsed,
        boolean interrupted,
        @Nullable Reproduced reproduced) {
    /**
     * An interleaving that breaks the invariant.
     *
     * @param scenario the program
     * @param workers who each of its tasks was in the campaign
     * @param way the strategy that found it
     * @param schedule who goes when
     * @param violation what is seen then
     */
    public record Reproduced(
            Scenario scenario, List<String> workers, String way, Schedule schedule, Violation violation) {
        /** Keeps its own copy. */
        public Reproduced {
            workers = List.copyOf(workers);
        }
    }
}
