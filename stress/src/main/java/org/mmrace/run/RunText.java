package org.mmrace.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mmrace.check.Violation;
import org.mmrace.script.Outcome;
import org.mmrace.script.Scenario;
import org.mmrace.script.Verdict;
import org.mmrace.stress.StressText;

/** A result for people: the outcomes as jcstress prints them, then what was broken. */
public final class RunText {
    private static final int VIOLATIONS_SHOWN = 5;

    private RunText() {}

    /** What is about to be run, on one line. */
    public static String header(RunRequest request) {
        return "run  " + request.scenario().name() + ": " + request.scenario().title() + "  "
                + StressText.kernel(request.config())
                + (request.threads()
                        ? "  " + request.scenario().tasks().size() + " threads  seed " + request.seed()
                        : request.isScripted() ? "  as its interleaving says" : "  one task after the other");
    }

    /** The whole result; ends with a line break. */
    public static String of(RunResult result) {
        StringBuilder text = new StringBuilder();
        table(text, result);
        text.append(String.format(
                Locale.ROOT,
                "%s: %s %s in %.1f s%s%n",
                result.request().scenario().name(),
                StressText.thousands(result.runs()),
                result.runs() == 1 ? "run" : "runs",
                result.elapsed().toMillis() / 1e3,
                result.interrupted() ? ", interrupted" : ""));
        if (result.diverged() != null) {
            text.append("one task after the other, because this kernel does not run as the interleaving says: ")
                    .append(result.diverged())
                    .append('\n');
        }
        counts(text, result);
        Verdict first = result.firstBad();
        if (first == null) {
            text.append(result.runs() == 0 ? "no run ended\n" : "no violation\n");
        } else {
            first.violations().stream().limit(VIOLATIONS_SHOWN).forEach(violation -> violation(text, violation));
        }
        if (result.showsNothing()) {
            Scenario scenario = result.request().scenario();
            text.append("the fault of the scenario is on, and nothing of what the scenario names came out: ")
                    .append(String.join(" ", scenario.violates()))
                    .append('\n');
        }
        return text.toString();
    }

    private static void violation(StringBuilder text, Violation violation) {
        text.append("VIOLATION ").append(violation).append('\n');
    }

    private static void counts(StringBuilder text, RunResult result) {
        if (!result.violations().isEmpty()) {
            List<String> counts = new ArrayList<>();
            new TreeMap<>(result.violations())
                    .forEach((invariant, runs) -> counts.add(invariant + " in " + StressText.thousands(runs)));
            text.append("violations: ").append(String.join(", ", counts)).append(" of the runs\n");
        }
        if (result.forbidden() > 0) {
            text.append("FORBIDDEN outcome in ")
                    .append(StressText.thousands(result.forbidden()))
                    .append(" of the runs\n");
        }
        new TreeMap<>(result.failedChecks())
                .forEach((check, runs) -> text.append("FAILED in ")
                        .append(StressText.thousands(runs))
                        .append(runs == 1 ? " run: check " : " runs: check ")
                        .append(check)
                        .append('\n'));
    }

    private static void table(StringBuilder text, RunResult result) {
        String head = "RESULT (" + String.join(", ", result.columns()) + ")";
        int width = result.rows().stream().mapToInt(row -> values(row).length()).reduce(head.length(), Math::max);
        text.append(line(width, head, "SAMPLES", "FREQ", "EXPECT", "DESCRIPTION"));
        for (RunResult.Row row : result.rows()) {
            text.append(line(
                    width,
                    values(row),
                    StressText.thousands(row.samples()),
                    frequency(row.samples(), result.runs()),
                    row.grade() == Outcome.Grade.FORBIDDEN ? "FORBIDDEN" : capitalized(row.grade()),
                    row.description()));
        }
    }

    private static String values(RunResult.Row row) {
        return String.join(", ", row.values());
    }

    private static String capitalized(Outcome.Grade grade) {
        String word = grade.word();
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String line(int width, String result, String samples, String freq, String expect, String why) {
        return String.format(Locale.ROOT, "  %" + width + "s  %11s  %7s  %-11s  %s", result, samples, freq, expect, why)
                        .stripTrailing()
                + "\n";
    }

    /** {@code 47.10%}; {@code <0.01%} for what was hardly ever seen. */
    private static String frequency(long samples, long runs) {
        double percent = 100.0 * samples / runs;
        return percent < 0.01 ? "<0.01%" : String.format(Locale.ROOT, "%.2f%%", percent);
    }

    /** What several scenarios gave together; ends with a line break. */
    public static String summary(List<RunResult> results) {
        Map<Boolean, Long> bad = new TreeMap<>();
        results.forEach(result -> bad.merge(result.isBad(), 1L, Long::sum));
        return results.size() + " scenarios: " + bad.getOrDefault(false, 0L) + " clean, " + bad.getOrDefault(true, 0L)
                + " with a finding\n";
    }
}
