package org.mmrace.matrix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mmrace.fault.Fault;

/**
 * A matrix as Markdown tables, for documents and terminals alike: their columns are aligned in the source too. The
 * strategies of the explorer have a table of their own.
 */
public final class MatrixMarkdown {
    private static final String WORDS = "A cell: what broke first, median time and runs until then, and how many of the"
            + " seeds found it. `-` found nothing in that time. `?` broke, but the catalogue names others. Empty: this"
            + " checker cannot look for this fault. Fault-free: all checkers without the fault; must be empty.";
    private static final String STRATEGY_WORDS = "A cell: executions until the first violation and the time that they"
            + " took, each as the median and the range from the first to the third quartile, and how many of the seeds"
            + " found it; the others are censored: they count as longer than they looked. `>` is not known, but more"
            + " than that. A strategy that decides the same each time has one observation.";
    private static final String NOT_MEASURED = "not measured";

    private MatrixMarkdown() {}

    /** The tables, what their words mean, who survived, and false alarms. */
    public static String of(MatrixTable table) {
        List<Integer> checkers = columns(table, false);
        List<Integer> strategies = columns(table, true);
        StringBuilder text = new StringBuilder();
        MarkdownTable.append(text, cells(table, checkers));
        text.append('\n').append(WORDS).append(" At most ").append(Amounts.time(table.time()));
        text.append(" and ").append(table.seeds()).append(seeds(table.seeds())).append(" per cell.\n\n");
        legend(text, table, checkers);
        if (!strategies.isEmpty()) {
            text.append("\nThe strategies of the explorer:\n\n");
            MarkdownTable.append(text, strategyCells(table, strategies));
            text.append('\n').append(STRATEGY_WORDS).append(" At most ");
            text.append(Amounts.time(table.time().dividedBy(table.strategySeeds())));
            text.append(" each, ").append(table.strategySeeds()).append(seeds(table.strategySeeds()));
            text.append(" per cell.\n\n");
            legend(text, table, strategies);
        }
        text.append('\n').append(survivors(table)).append('\n').append(falseAlarms(table));
        return text.toString();
    }

    private static String seeds(int count) {
        return count == 1 ? " seed" : " seeds";
    }

    private static List<Integer> columns(MatrixTable table, boolean strategies) {
        return IntStream.range(0, table.columns().size())
                .filter(i -> table.columns().get(i).strategy() == strategies)
                .boxed()
                .toList();
    }

    private static List<List<String>> cells(MatrixTable table, List<Integer> columns) {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("fault"));
        columns.forEach(i -> head.add(table.columns().get(i).name()));
        head.add("fault-free");
        lines.add(head);
        for (MatrixTable.Row row : table.rows()) {
            List<String> line = new ArrayList<>(List.of(row.fault().id()));
            columns.forEach(i -> line.add(found(row.found().get(i))));
            line.add(faultFree(row.faultFree()));
            lines.add(line);
        }
        return lines;
    }

    private static List<List<String>> strategyCells(MatrixTable table, List<Integer> columns) {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("fault"));
        columns.forEach(i -> head.add(table.columns().get(i).name()));
        lines.add(head);
        for (MatrixTable.Row row : table.rows()) {
            List<String> line = new ArrayList<>(List.of(row.fault().id()));
            columns.forEach(i -> line.add(strategy(row.found().get(i))));
            lines.add(line);
        }
        return lines;
    }

    /** Such as {@code "I20 0.8 s, 1.2k (5/5)"}. */
    private static String found(Cell cell) {
        if (cell.trials().isEmpty()) {
            return cell.measured() ? "" : NOT_MEASURED;
        }
        if (cell.caught() == 0) {
            return "- " + Amounts.time(cell.time()) + ", " + Amounts.count(cell.runs()) + share(cell);
        }
        Duration median = cell.medianTime();
        String cost = median == null
                ? "> " + Amounts.time(cell.time()) + ", > " + Amounts.count(cell.runs())
                : Amounts.time(median) + ", " + Amounts.count(cell.medianRuns());
        return what(cell) + " " + cost + share(cell);
    }

    private static String what(Cell cell) {
        return String.join(" ", cell.caughtBy()) + (cell.caughtAsNamed() ? "" : "?");
    }

    private static String share(Cell cell) {
        return " (" + cell.caught() + "/" + cell.trials().size() + ")";
    }

    /** Such as {@code "114 [60, 300], 11 ms [3 ms, 40 ms] (30/30)"}. */
    private static String strategy(Cell cell) {
        if (cell.trials().isEmpty()) {
            return cell.measured() ? "" : NOT_MEASURED;
        }
        return Amounts.quartiles(cell.runCounts(), Amounts::count) + ", "
                + Amounts.quartiles(cell.times(), nanos -> Amounts.time(Duration.ofNanos(nanos))) + share(cell)
                + (cell.caught() == 0 || cell.caughtAsNamed() ? "" : "?");
    }

    private static String faultFree(Cell cell) {
        if (cell.caught() > 0) {
            return "FOUND " + String.join(" ", cell.caughtBy());
        }
        return cell.measured() && cell.wanted() > 0 ? "" : NOT_MEASURED;
    }

    private static void legend(StringBuilder text, MatrixTable table, List<Integer> columns) {
        columns.stream()
                .map(table.columns()::get)
                .forEach(column -> text.append("* **")
                        .append(column.name())
                        .append("**: ")
                        .append(column.about())
                        .append('\n'));
    }

    private static String survivors(MatrixTable table) {
        long found = table.rows().stream().filter(MatrixTable.Row::caught).count();
        String text = "Survived everything: " + ids(table.survivors()) + ". Found: " + found + " of "
                + table.rows().size() + ".\n";
        if (table.unfinished().isEmpty()) {
            return text;
        }
        return text + "\nInterrupted, and not measured completely: " + ids(table.unfinished())
                + ". The same command goes on where this one ended.\n";
    }

    private static String falseAlarms(MatrixTable table) {
        return "Found something without the fault: " + ids(table.falseAlarms()) + ".\n";
    }

    private static String ids(List<Fault> faults) {
        return faults.isEmpty() ? "none" : faults.stream().map(Fault::id).collect(Collectors.joining(", "));
    }
}
