package org.mmrace.explore.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays out lines with a step number, one column for each task, and the line of the model. */
final class Columns {
    private static final int NUMBER = 5;
    private static final int SOURCE = 26;
    private static final int LANE_MIN = 30;
    private static final int BARS_MAX = 4;
    private static final String GAP = "  ";

    private final int lanes;
    private final int lane;
    private final int[] bars;
    private final boolean sources;
    private final List<List<String>> held;
    private final StringBuilder text = new StringBuilder();

    /**
     * Nothing yet.
     *
     * @param width of a line
     * @param depths the most locks that each task holds at a time
     */
    Columns(int width, int[] depths) {
        this.lanes = depths.length;
        int rest = width - NUMBER;
        int withSource = (rest - SOURCE) / lanes - GAP.length();
        this.sources = withSource >= LANE_MIN;
        this.lane = Math.max(sources ? withSource : rest / lanes - GAP.length(), LANE_MIN / 2);
        this.bars =
                Arrays.stream(depths).map(depth -> Math.min(depth, BARS_MAX)).toArray();
        this.held = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            held.add(List.of());
        }
    }

    /** From now on this task holds these locks. */
    void holds(int task, List<String> locks) {
        held.set(task, locks);
    }

    /**
     * One line.
     *
     * @param number empty for none
     * @param cells one text for each task
     * @param source empty for none
     */
    void line(String number, String[] cells, String source) {
        StringBuilder line = new StringBuilder(pad(number, NUMBER, true));
        for (int i = 0; i < lanes; i++) {
            String cell = bars[i] == 0 ? cells[i] : bars(i) + " " + cells[i];
            line.append(GAP).append(pad(cut(cell, lane), lane, false));
        }
        if (sources) {
            line.append(GAP).append(source);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    /** A line with something in one column only. */
    void note(int task, String note) {
        line("", only(task, note), "");
    }

    /** Cells that are empty but for one. */
    String[] only(int task, String cell) {
        String[] cells = new String[lanes];
        Arrays.fill(cells, "");
        cells[task] = cell;
        return cells;
    }

    /** A line across all columns. */
    void across(String line) {
        text.append(line).append('\n');
    }

    /** The names of the columns, underlined. */
    void head(List<String> names) {
        StringBuilder head = new StringBuilder(pad("step", NUMBER, true));
        StringBuilder rule = new StringBuilder("-".repeat(NUMBER));
        for (String name : names) {
            head.append(GAP).append(pad(cut(name, lane), lane, false));
            rule.append(GAP).append("-".repeat(lane));
        }
        if (sources) {
            head.append(GAP).append("source");
            rule.append(GAP).append("-".repeat(SOURCE - GAP.length()));
        }
        text.append(head.toString().stripTrailing()).append('\n').append(rule).append('\n');
    }

    /** A bar for each lock, dotted where it is held for reading; those behind the fourth are not drawn. */
    private String bars(int task) {
        StringBuilder drawn = new StringBuilder();
        held.get(task).stream().limit(bars[task]).forEach(lock -> drawn.append(lock.endsWith("(R)") ? ':' : '|'));
        return pad(drawn.toString(), bars[task], false);
    }

    private static String cut(String cell, int width) {
        return cell.length() <= width ? cell : cell.substring(0, width - 2) + "..";
    }

    private static String pad(String cell, int width, boolean right) {
        String blanks = " ".repeat(Math.max(0, width - cell.length()));
        return right ? blanks + cell : cell + blanks;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
