package org.mmrace.handover;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.trace.Trace;
import org.mmrace.failure.Failure;

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
     * @param failure the program, and who goes when
     * @param trace what happens then, step by step
     * @param workers who each of its tasks was in the campaign
     */
    public record Reproduced(Failure failure, Trace trace, List<String> workers) {
        /** Keeps its own copy. */
        public Reproduced {
            workers = List.copyOf(workers);
        }
    }
}
