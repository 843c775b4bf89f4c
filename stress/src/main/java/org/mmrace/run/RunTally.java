package org.mmrace.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;
import org.mmrace.script.Outcome;
import org.mmrace.script.Scenario;
import org.mmrace.script.TaskScript;
import org.mmrace.script.Verdict;

/** Counts verdicts. Any thread may call it. */
final class RunTally {
    private static final String UNLISTED = "is not among the outcomes of the scenario";

    private static final class Count {
        private final Verdict verdict;
        private long samples;

        Count(Verdict verdict) {
            this.verdict = verdict;
        }
    }

    private final List<String> columns;
    private final Map<List<String>, Count> counts = new LinkedHashMap<>();
    private final Map<Invariant, Long> violations = new EnumMap<>(Invariant.class);
    private final Map<String, Long> failedChecks = new LinkedHashMap<>();
    private @Nullable Verdict firstBad;
    private long runs;
    private long bad;

    RunTally(Scenario scenario) {
        Set<String> names = new LinkedHashSet<>();
        scenario.outcomes().forEach(outcome -> outcome.terms().forEach(term -> names.add(term.name())));
        if (names.isEmpty()) {
            scenario.tasks().stream().map(TaskScript::name).forEach(names::add);
        }
        columns = List.copyOf(names);
    }

    synchronized void add(Verdict verdict) {
        runs++;
        List<String> values = columns.stream()
                .map(column -> verdict.results().getOrDefault(column, "none"))
                .toList();
        counts.computeIfAbsent(values, key -> new Count(verdict)).samples++;
        Set<Invariant> broken = new LinkedHashSet<>();
        verdict.violations().stream().map(Violation::invariant).forEach(broken::add);
        broken.forEach(invariant -> violations.merge(invariant, 1L, Long::sum));
        verdict.failedChecks().forEach(check -> failedChecks.merge(check, 1L, Long::sum));
        if (!verdict.isClean()) {
            bad++;
            if (firstBad == null) {
                firstBad = verdict;
            }
        }
    }

    synchronized long runs() {
        return runs;
    }

    synchronized long bad() {
        return bad;
    }

    private static RunResult.Row row(List<String> values, Count count) {
        Outcome outcome = count.verdict.outcome();
        Outcome.Grade grade = count.verdict.grade();
        String unlisted = grade == Outcome.Grade.FORBIDDEN ? UNLISTED : "";
        return new RunResult.Row(values, count.samples, grade, outcome == null ? unlisted : outcome.description());
    }

    synchronized RunResult result(
            RunRequest request, Duration elapsed, boolean interrupted, @Nullable String diverged) {
        List<RunResult.Row> rows = new ArrayList<>();
        counts.forEach((values, count) -> rows.add(row(values, count)));
        rows.sort(Comparator.comparingLong(RunResult.Row::samples).reversed());
        return new RunResult(
                request, runs, elapsed, columns, rows, violations, failedChecks, firstBad, interrupted, diverged);
    }
}
