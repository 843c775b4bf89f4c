package org.mmrace.explore.junit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Choice;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Step;
import org.mmrace.explore.StepListener;
import org.mmrace.explore.race.DataRace;
import org.mmrace.explore.race.RaceDetector;
import org.mmrace.explore.trace.Repetition;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/**
 * Writes an execution down, one step a line, in a column for each task; a loop whose turns are alike has one turn.
 * Below, without a number, is what those stand at that have not finished. Cells have no names: they are c1, c2 and so
 * on, in the order in which they come.
 */
final class StepTable implements StepListener {
    /** Room for how often a loop turns. */
    private static final int TURNS_WIDTH = ".. x99999 (16 steps)".length();

    private static final String NO_NUMBER = " ".repeat(5);

    private record Row(int task, String text) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<Row> standing = new ArrayList<>();
    private final Map<Integer, String> tasks = new TreeMap<>();
    private final Map<Object, String> cells = new IdentityHashMap<>();
    private final RaceDetector races = new RaceDetector(this::nameOf, true);
    private @Nullable Draft open;

    /** A step whose effect is still to come. */
    private record Draft(
            int task,
            String text,
            @Nullable Object cell,
            int index,
            @Nullable Object before,
            String where) {}

    @Override
    public boolean wantsSources() {
        return true;
    }

    @Override
    public void happens(Step step) {
        races.happens(step);
        close();
        tasks.put(step.number(), step.task().toString());
        Object cell = isCell(step.object()) ? step.object() : null;
        String text = cell == null ? step.toString() : step.verb().word() + " " + nameOf(cell, step.index());
        Object before = ControlledKernel.look(cell, step.index());
        open = new Draft(step.number(), text, cell, step.index(), before, step.line());
    }

    @Override
    public void over(Choice choice) {
        races.over(choice);
        close();
        for (int number = 0; number < choice.tasks(); number++) {
            Step step = choice.of(number);
            if (!step.finished()) {
                tasks.put(number, step.task().toString());
                standing.add(new Row(number, (step.enabled() ? "stands at " : "waits at ") + step));
            }
        }
    }

    @Override
    public void fenced() {
        races.fenced();
    }

    @Override
    public void acquiring(Task task, Lockable lock, LockMode mode, boolean trylock) {
        races.acquiring(task, lock, mode, trylock);
    }

    private static boolean isCell(@Nullable Object object) {
        return object instanceof Word || object instanceof WordArray || object instanceof RcuPointer<?>;
    }

    private String nameOf(Object cell, int index) {
        String name = cells.computeIfAbsent(cell, absent -> "c" + (cells.size() + 1));
        return cell instanceof WordArray ? name + "[" + index + "]" : name;
    }

    private void close() {
        Draft draft = open;
        if (draft == null) {
            return;
        }
        open = null;
        String text = draft.text;
        if (draft.cell != null) {
            Object after = ControlledKernel.look(draft.cell, draft.index);
            boolean same = draft.before == null ? after == null : draft.before.equals(after);
            text += " " + draft.before + (same ? "" : " -> " + after);
        }
        rows.add(new Row(draft.task, text + (draft.where.isEmpty() ? "" : "  " + draft.where)));
    }

    /** The data races of the execution. */
    List<DataRace> races() {
        return races.races();
    }

    /** Whether there is nothing to show: a task has thrown before the first step. */
    boolean isEmpty() {
        return rows.isEmpty() && standing.isEmpty();
    }

    @Override
    public String toString() {
        Map<Integer, Integer> widths = new TreeMap<>();
        tasks.forEach((number, name) -> widths.put(number, name.length()));
        rows.forEach(row -> widths.merge(row.task, Math.max(row.text.length(), TURNS_WIDTH), Math::max));
        standing.forEach(row -> widths.merge(row.task, row.text.length(), Math::max));
        StringBuilder text = new StringBuilder("step ");
        tasks.forEach((number, name) -> text.append(" | ").append(pad(name, widths.getOrDefault(number, 0))));
        int at = 0;
        while (at < rows.size()) {
            Optional<Repetition> loop = Repetition.at(rows, at, Row::equals, turn -> true);
            int shown = loop.map(Repetition::steps).orElse(1);
            for (int i = at; i < at + shown; i++) {
                line(text, "%5d".formatted(i + 1), rows.get(i), widths);
            }
            int from = at;
            at = loop.map(turns -> turns.end(from)).orElse(from + 1);
            loop.ifPresent(turns -> line(text, NO_NUMBER, new Row(rows.get(from).task, turns.toString()), widths));
        }
        standing.forEach(row -> line(text, NO_NUMBER, row, widths));
        return text.toString().replaceAll(" +(?=\n|$)", "");
    }

    private void line(StringBuilder text, String number, Row row, Map<Integer, Integer> widths) {
        text.append("\n").append(number);
        tasks.forEach((task, name) ->
                text.append(" | ").append(pad(task == row.task ? row.text : "", widths.getOrDefault(task, 0))));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
