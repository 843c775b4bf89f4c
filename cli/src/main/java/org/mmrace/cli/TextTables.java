package org.mmrace.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Tables for a terminal: columns aligned, the last one wrapped where the line is full. */
final class TextTables {
    private static final int GAP_COLUMNS = 2;
    private static final int LAST_COLUMNS_MIN = 20;

    private TextTables() {}

    /**
     * The rows, each with as many cells as the first.
     *
     * @param columnsMax how wide a line may be, unless the columns before the last one leave no room
     */
    static String of(List<List<String>> rows, int columnsMax) {
        int count = rows.get(0).size();
        List<Column> columns = new ArrayList<>();
        int used = 0;
        for (int i = 0; i < count - 1; i++) {
            int at = i;
            int width = GAP_COLUMNS
                    + rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            columns.add(new Column(width, 0, Overflow.TRUNCATE));
            used += width;
        }
        columns.add(new Column(Math.max(LAST_COLUMNS_MIN, columnsMax - used), 0, Overflow.WRAP));
        TextTable table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns.toArray(Column[]::new));
        for (List<String> row : rows) {
            table.addRowValues(
                    row.stream().map(cell -> cell.isEmpty() ? " " : cell).toArray(String[]::new));
        }
        return table.toString().lines().map(String::stripTrailing).reduce("", (text, line) -> text + line + "\n");
    }
}
