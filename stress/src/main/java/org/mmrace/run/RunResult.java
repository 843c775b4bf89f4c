package org.mmrace.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.fault.Fault;
import org.mmrace.script.Outcome;
import org.mmrace.script.Scenario;
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

    /**
     * Whether the scenario's own kernel cannot follow its interleaving, so that the file is wrong; another kernel, such
     * as one without the fault, need not be able to.
     */
    public boolean isScriptBroken() {
        return diverged != null && request.config().equals(request.scenario().config(true));
    }

    /** Whether a fault is on that the scenario is about, and nothing came out that it names. */
    public boolean showsNothing() {
        Scenario scenario = request.scenario();
        return scenario.fault() != null && request.config().has(scenario.fault()) && runs > 0 && !showsNamed();
    }

    private boolean showsNamed() {
        List<String> named = request.scenario().violates();
        return violations.keySet().stream().anyMatch(invariant -> named.contains(invariant.name()))
                || (named.contains(Fault.OUTCOME) && (!failedChecks.isEmpty() || forbidden() > 0));
    }

    /** In how many runs the outcome was a forbidden one. */
    long forbidden() {
        return rows.stream()
                .filter(row -> row.grade() == Outcome.Grade.FORBIDDEN)
                .mapToLong(Row::samples)
                .sum();
    }

    /** Whether a run was not clean. */
    public boolean isBad() {
        return firstBad != null;
    }
}
