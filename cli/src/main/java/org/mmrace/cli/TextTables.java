package org.mmrace.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Tables for a terminal: columns aligned, and wrapped where the line is full. */
final class TextTables {
    private static final int GAP_COLUMNS = 2;

    private TextTables() {}

    /**
     * The rows, each with as many cells as the first.
     *
     * @param columnsMax how wide a line may be
     */
    static String of(List<List<String>> rows, int columnsMax) {
        int count = rows.get(0).size();
        List<Column> columns = new ArrayList<>();
        int left = columnsMax;
        for (int i = 0; i < count; i++) {
            int at = i;
            int wanted =
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0) + GAP_COLUMNS;
            int fair = left - (count - 1 - i) * columnsMax / count; // leaves the others their share
            int width = Math.min(wanted, i == count - 1 ? left : fair);
            columns.add(new Column(width, 0, Overflow.WRAP));
            left -= width;
        }
        TextTable table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns.toArray(Column[]::new));
        table.indentWrappedLines = 0;
        for (List<String> row : rows) {
            table.addRowValues(
                    row.stream().map(cell -> cell.isEmpty() ? " " : cell).toArray(String[]::new));
        }
        return table.toString()
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty()) // what wrapping leaves behind now and then
                .reduce("", (text, line) -> text + line + "\n");
    }
}
