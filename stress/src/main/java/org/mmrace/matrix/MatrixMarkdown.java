package org.mmrace.matrix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mmrace.fault.Fault;

/** A matrix as a Markdown table, for documents and terminals alike: its columns are aligned in the source too. */
public final class MatrixMarkdown {
    private static final String WORDS = "A cell: what broke first, median time and runs until then, and how many of the"
            + " seeds found it. `-` found nothing in that time. `?` broke, but the catalogue names others. Empty: this"
            + " checker cannot look for this fault. Fault-free: all checkers without the fault; must be empty.";
    private static final String NOT_MEASURED = "not measured";
    private static final long SECOND_MILLIS = 1000;
    private static final long MANY_RUNS = 10_000;

    private MatrixMarkdown() {}

    /** The table, what its words mean, who survived, and false alarms. */
    public static String of(MatrixTable table) {
        StringBuilder text = new StringBuilder();
        append(text, cells(table));
        text.append('\n').append(legend(table));
        text.append('\n').append(survivors(table)).append('\n').append(falseAlarms(table));
        return text.toString();
    }

    private static List<List<String>> cells(MatrixTable table) {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("fault"));
        table.columns().forEach(column -> head.add(column.name()));
        head.add("fault-free");
        lines.add(head);
        for (MatrixTable.Row row : table.rows()) {
            List<String> line = new ArrayList<>(List.of(row.fault().id()));
            row.found().forEach(cell -> line.add(found(cell)));
            line.add(faultFree(row.faultFree()));
            lines.add(line);
        }
        return lines;
    }

    private static void append(StringBuilder text, List<List<String>> lines) {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Math.max(3, line.get(i).length()));
            }
        }
        for (int row = 0; row < lines.size(); row++) {
            appendLine(text, lines.get(row), widths);
            if (row == 0) {
                for (int width : widths) {
                    text.append('|').append("-".repeat(width + 2));
                }
                text.append("|\n");
            }
        }
    }

    private static void appendLine(StringBuilder text, List<String> line, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String cell = line.get(i);
            text.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
        }
        text.append("|\n");
    }

    /** Such as {@code "I20 0.8 s, 1.2k (5/5)"}. */
    private static String found(Cell cell) {
        if (cell.trials().isEmpty()) {
            return cell.measured() ? "" : NOT_MEASURED;
        }
        String part = " (" + cell.caught() + "/" + cell.trials().size() + ")";
        if (cell.caught() == 0) {
            return "- " + time(cell.time()) + ", " + count(cell.runs()) + part;
        }
        Duration median = cell.medianTime();
        String cost = median == null
                ? "> " + time(cell.time()) + ", > " + count(cell.runs())
                : time(median) + ", " + count(cell.medianRuns());
        return String.join(" ", cell.caughtBy()) + (cell.caughtAsNamed() ? " " : "? ") + cost + part;
    }

    private static String faultFree(Cell cell) {
        if (cell.caught() > 0) {
            return "FOUND " + String.join(" ", cell.caughtBy());
        }
        return cell.measured() && cell.wanted() > 0 ? "" : NOT_MEASURED;
    }

    private static String time(Duration time) {
        long millis = time.toMillis();
        if (millis >= SECOND_MILLIS) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        }
        return millis > 0 ? millis + " ms" : "< 1 ms";
    }

    private static String count(long runs) {
        if (runs < MANY_RUNS) {
            return String.valueOf(runs);
        }
        return runs < SECOND_MILLIS * MANY_RUNS
                ? runs / SECOND_MILLIS + "k"
                : runs / (SECOND_MILLIS * SECOND_MILLIS) + "M";
    }

    private static String legend(MatrixTable table) {
        StringBuilder text = new StringBuilder(WORDS);
        text.append(" At most ").append(time(table.time())).append(" and ").append(table.seeds());
        text.append(table.seeds() == 1 ? " seed" : " seeds").append(" per cell.\n\n");
        table.columns()
                .forEach(column -> text.append("* **")
                        .append(column.name())
                        .append("**: ")
                        .append(column.about())
                        .append('\n'));
        return text.toString();
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
