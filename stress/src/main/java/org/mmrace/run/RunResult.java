package org.mmrace.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.script.Outcome;
import org.mmrace.script.Verdict;

/**
 * What came out of all runs of a scenario.
 *
 * @param request what was run
 * @param runs how many runs ended
 * @param elapsed how long they took
 * @param columns the names of the results that make an outcome
 * @param rows the outcomes that were seen, the most frequent first
 * @param violations in how many runs each invariant was broken
 * @param failedChecks in how many runs a check failed, by what was seen instead
 * @param firstBad the first run that was not clean; null if all were
 * @param interrupted whether somebody stopped it
 * @param diverged why this kernel cannot follow the interleaving of the scenario, so that the tasks ran one after the
 *     other; null if it could, or was not asked to
 */
public record RunResult(
        RunRequest request,
        long runs,
        Duration elapsed,
        List<String> columns,
        List<Row> rows,
        Map<Invariant, Long> violations,
        Map<String, Long> failedChecks,
        @Nullable Verdict firstBad,
        boolean interrupted,
        @Nullable String diverged) {
    /**
     * One outcome.
     *
     * @param values the results, in the order of the columns
     * @param samples in how many runs
     * @param grade what it means
     * @param description why
     */
    public record Row(List<String> values, long samples, Outcome.Grade grade, String description) {}

    /** Keeps its own copies. */
    public RunResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        violations = Map.copyOf(violations);
        failedChecks = Map.copyOf(failedChecks);
    }

    /** Whether a run was not clean. */
    public boolean isBad() {
        return firstBad != null;
    }
}
