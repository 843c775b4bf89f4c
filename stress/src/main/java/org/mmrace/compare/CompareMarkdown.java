package org.mmrace.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.matrix.Amounts;
import org.mmrace.matrix.MarkdownTable;
import org.mmrace.statistics.KaplanMeier;
import org.mmrace.statistics.Observation;
import org.mmrace.statistics.PairedLogs;
import org.mmrace.statistics.Proportion;
import org.mmrace.statistics.VarghaDelaney;

/** A comparison as Markdown: how it was measured, over all faults, and fault by fault. */
public final class CompareMarkdown {
    private static final double CONFIDENCE = 0.95;
    private static final double SMALL = 0.001;
    private static final double NANOS_PER_MILLI = 1e6;

    private CompareMarkdown() {}

    /** The whole text. */
    public static String of(CompareTable table, Manifest manifest) {
        StringBuilder text = new StringBuilder("# Strategies compared\n\n");
        caption(table, manifest).forEach(line -> text.append(line).append("  \n"));
        text.append("\n## Over all faults\n\n");
        MarkdownTable.append(text, totals(table));
        text.append("""

                found: attempts that found the fault, with the 95 % interval of Wilson. always, never: at how many
                faults all attempts found it, and none. executions, time: the geometric mean, over the faults, of the
                mean cost of an attempt (until it finds something or has used its budget) relative to the baseline;
                below 1 is better; and at how many faults the cost is lower, equal and higher. p: Wilcoxon signed-rank
                on the logarithms of the executions, Holm-corrected.

                ## Fault by fault

                """);
        MarkdownTable.append(text, faults(table));
        text.append("""

                found: attempts that found it; the others are censored. executions, time: median and range from the
                first to the third quartile until it was found (Kaplan-Meier); `>`: not known, but more than that. p:
                log-rank test of the executions against the baseline, Holm-corrected over this table. A12: how likely
                an attempt takes more executions than one of the baseline (Vargha-Delaney; a pair of which nobody
                knows who is first is a tie); below one half is better. A strategy that decides the same each time has
                one observation, and no test.
                """);
        if (!table.unfinished().isEmpty()) {
            text.append("\nNot measured completely, and left out: ")
                    .append(table.unfinished().stream().map(Fault::id).collect(Collectors.joining(", ")))
                    .append(". The same command goes on where this one ended.\n");
        }
        return text.toString();
    }

    /** What was measured, and where, in a few lines. */
    static List<String> caption(CompareTable table, Manifest manifest) {
        CompareConfig config = table.config();
        return List.of(
                table.rows().size() + " faults; seeds 1 to " + config.seeds() + ", at most " + config.executionsMax()
                        + " executions each; baseline " + config.baseline() + ".",
                "mmrace " + manifest.version() + ", commit " + manifest.commit() + ".",
                "JDK " + manifest.jdk() + "; " + manifest.machine() + ", " + manifest.cores() + " cores.");
    }

    private static List<List<String>> totals(CompareTable table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("strategy", "found", "always", "never", "executions", "time", "p"));
        for (CompareTable.Total total : table.totals()) {
            lines.add(List.of(
                    total.strategy(),
                    total.attempts() == 0 ? "" : share(total),
                    String.valueOf(total.always()),
                    String.valueOf(total.never()),
                    ratio(total.executions()),
                    ratio(total.millis()),
                    total.executions() == null ? "" : p(total.holm())));
        }
        return lines;
    }

    private static String share(CompareTable.Total total) {
        Proportion share = Proportion.wilson(total.found(), total.attempts(), CONFIDENCE);
        return String.format(
                Locale.ROOT,
                "%d/%d = %.1f %% [%.1f, %.1f]",
                total.found(),
                total.attempts(),
                100 * share.share(),
                100 * share.low(),
                100 * share.high());
    }

    private static String ratio(@Nullable PairedLogs logs) {
        return logs == null
                ? "baseline"
                : String.format(
                        Locale.ROOT, "x %.2f (%d-%d-%d)", logs.ratio(), logs.wins(), logs.ties(), logs.losses());
    }

    private static List<List<String>> faults(CompareTable table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("fault", "strategy", "found", "executions", "time", "p", "A12"));
        for (CompareTable.Row row : table.rows()) {
            for (CompareTable.Cell cell : row.cells()) {
                CompareTable.Test test = cell.test();
                lines.add(List.of(
                        row.fault().id(),
                        cell.strategy(),
                        cell.found() + "/" + cell.trials().size(),
                        Amounts.quartiles(KaplanMeier.of(cell.executions()), Amounts::count),
                        Amounts.quartiles(nanos(cell), nanos -> Amounts.time(Duration.ofNanos(nanos))),
                        test == null ? "" : p(test.holm()),
                        test == null ? "" : a12(test.a12())));
            }
        }
        return lines;
    }

    private static KaplanMeier nanos(CompareTable.Cell cell) {
        return KaplanMeier.of(cell.millis().stream()
                .map(one -> new Observation(one.time() * NANOS_PER_MILLI, one.found()))
                .toList());
    }

    private static String a12(double a12) {
        return String.format(Locale.ROOT, "%.2f %s", a12, VarghaDelaney.magnitude(a12));
    }

    private static String p(double p) {
        return p < SMALL ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }
}
