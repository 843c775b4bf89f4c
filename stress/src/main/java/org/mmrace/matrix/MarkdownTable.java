package org.mmrace.matrix;

import java.util.List;

/** A table whose columns are aligned in its source. */
public final class MarkdownTable {
    private static final int WIDTH_MIN = 3;

    private MarkdownTable() {}

    /**
     * Appends it.
     *
     * @param lines the head first, each with as many cells as the head
     */
    public static void append(StringBuilder text, List<List<String>> lines) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Math.max(WIDTH_MIN, line.get(i).length()));
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
}
