package org.mmrace.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Violation;
import org.mmrace.fault.Fault;

/**
 * What one run of a scenario has shown.
 *
 * @param violations the invariants that were broken, oldest first
 * @param failedChecks the closing checks that failed, each with what was seen instead
 * @param results by the names of results, and by the names of tasks for their last operations
 * @param grade what the results mean
 * @param outcome the line that says so; null if no line matches
 */
public record Verdict(
        List<Violation> violations,
        List<String> failedChecks,
        Map<String, String> results,
        Outcome.Grade grade,
        @Nullable Outcome outcome) {
    /** Keeps its own copies. */
    public Verdict {
        violations = List.copyOf(violations);
        failedChecks = List.copyOf(failedChecks);
        results = new LinkedHashMap<>(results);
    }

    /** Whether a result is wrong: a failed check, or a combination that is forbidden. */
    public boolean hasWrongResult() {
        return !failedChecks.isEmpty() || grade == Outcome.Grade.FORBIDDEN;
    }

    /** What is wrong with the results, one line each: the checks that failed, and a forbidden combination. */
    public List<String> wrongResults() {
        List<String> lines = new ArrayList<>();
        failedChecks.forEach(check -> lines.add("FAILED check " + check));
        if (grade == Outcome.Grade.FORBIDDEN) {
            lines.add("FORBIDDEN outcome " + results
                    + (outcome == null ? " is not among the outcomes of the scenario" : ": " + outcome.description()));
        }
        return lines;
    }

    /** Whether nothing is wrong. */
    public boolean isClean() {
        return violations.isEmpty() && !hasWrongResult();
    }

    /** The ids of what is broken, each once, the first one first; {@link Fault#OUTCOME} for a wrong result. */
    public List<String> broken() {
        Set<String> ids = new LinkedHashSet<>();
        violations.forEach(violation -> ids.add(violation.invariant().name()));
        if (hasWrongResult()) {
            ids.add(Fault.OUTCOME);
        }
        return List.copyOf(ids);
    }

    /** Whether it shows one of these: ids of invariants, or {@link Fault#OUTCOME} for a wrong result. */
    public boolean showsOneOf(List<String> ids) {
        return broken().stream().anyMatch(ids::contains);
    }
}
