package org.mmrace.explore.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mmrace.explore.trace.Trace.Strip;
import org.mmrace.explore.trace.Trace.TracedOperation;
import org.mmrace.explore.trace.TraceStep.HandOver;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Knobs;
import org.mmrace.kernel.Verb;
import org.mmrace.op.Step;
import org.mmrace.script.TaskScript;

/** A trace for people: one column for each task, time goes down. */
public final class TraceText {
    /** Below that, columns are cut off. */
    public static final int WIDTH_MIN = 80;

    /**
     * How it is written.
     *
     * @param width of a line, in characters
     * @param allSteps whether nothing is left out
     */
    public record Style(int width, boolean allSteps) {
        /** What files and pipes get. */
        public static final Style PLAIN = new Style(120, false);
    }

    private static final int VIOLATIONS_SHOWN = 3;

    private final Trace trace;
    private final Style style;
    private final List<TaskScript> tasks;
    private final Columns columns;
    private final Map<String, TracedOperation> operations = new HashMap<>();
    private final int[] begun;

    /** The last step of each operation. */
    private final Map<String, Integer> ends = new HashMap<>();

    private TraceText(Trace trace, Style style) {
        this.trace = trace;
        this.style = style;
        this.tasks = trace.scenario().tasks();
        trace.steps().forEach(step -> ends.put(key(step.task(), step.operation()), step.number()));
        int[] depths = new int[tasks.size()];
        trace.steps()
                .forEach(step -> depths[step.task()] =
                        Math.max(depths[step.task()], step.held().size()));
        this.columns = new Columns(style.width(), depths);
        this.begun = new int[tasks.size()];
        trace.operations().forEach(operation -> operations.put(key(operation.task(), operation.index()), operation));
    }

    /** The whole text; ends with a line break. */
    public static String of(Trace trace, Style style) {
        TraceText text = new TraceText(trace, style);
        text.body();
        return text.head() + "\n" + text.columns;
    }

    private static String key(int task, int operation) {
        return task + "." + operation;
    }

    private String head() {
        StringBuilder head = new StringBuilder();
        violations(head);
        trace.wrongResults().forEach(line -> head.append(line).append('\n'));
        head.append("scenario  ").append(trace.scenario().name());
        if (!trace.scenario().title().isEmpty()) {
            head.append(": ").append(trace.scenario().title());
        }
        head.append("\nkernel    ").append(kernel(trace.config()));
        for (TaskScript task : tasks) {
            String script = task.steps().stream().map(Step::toString).collect(Collectors.joining("; "));
            head.append("\ntask      ").append(task.name()).append(": ").append(script);
        }
        head.append("\nrun       ")
                .append(count(trace.steps().size(), "step"))
                .append(", ")
                .append(count(trace.preemptions(), "preemption"))
                .append(", ")
                .append(count(trace.switches() - trace.preemptions(), "other switch"))
                .append(", ")
                .append(trace.run().ending().how().word())
                .append("\nschedule  ")
                .append(trace.run().ending().schedule())
                .append('\n');
        String mms = trace.mms().entrySet().stream()
                .map(mm -> mm.getKey() + " is " + mm.getValue())
                .collect(Collectors.joining(", "));
        head.append("processes ").append(mms).append('\n');
        entries(head);
        return head.toString();
    }

    /** The first ones; all of them are in the columns, where they happened. */
    private void violations(StringBuilder head) {
        List<String> lines = new ArrayList<>();
        for (TraceStep step : trace.steps()) {
            step.violations().forEach(violation -> lines.add(violation + "  step " + step.number()));
        }
        trace.atRest().forEach(violation -> lines.add(violation.toString()));
        lines.stream()
                .limit(VIOLATIONS_SHOWN)
                .forEach(line -> head.append("VIOLATION ").append(line).append('\n'));
        if (lines.size() > VIOLATIONS_SHOWN) {
            head.append("and ").append(lines.size() - VIOLATIONS_SHOWN).append(" more below\n");
        }
    }

    private void entries(StringBuilder head) {
        Map<String, String> before = new HashMap<>();
        trace.before().forEach(strip -> before.put(strip.name(), strip.entries().toString()));
        List<String> names = new ArrayList<>();
        for (Strip strip : trace.after()) {
            names.add(strip.name());
            head.append("entries   ")
                    .append(strip.name())
                    .append("  before ")
                    .append(before.getOrDefault(strip.name(), "(no such process)"))
                    .append("  after ")
                    .append(strip.entries())
                    .append('\n');
        }
        for (Strip strip : trace.before()) {
            if (!names.contains(strip.name())) {
                head.append("entries   ")
                        .append(strip.name())
                        .append("  before ")
                        .append(strip.entries())
                        .append("  after (no such process)\n");
            }
        }
    }

    /** The series, the faults, and the knobs that do not stand as usual. */
    static String kernel(KernelConfig config) {
        String faults = config.faults().stream().map(Fault::id).sorted().collect(Collectors.joining(" "));
        Map<String, String> changed = Knobs.changed(config);
        return "series " + config.series()
                + (faults.isEmpty() ? "" : "  fault " + faults)
                + (changed.isEmpty() ? "" : "  " + Knobs.text(changed));
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : what.endsWith("switch") ? "es" : "s");
    }

    private void body() {
        columns.head(tasks.stream()
                .map(task -> task.name() + " in " + task.process())
                .toList());
        Folding folding = new Folding(trace.steps());
        int at = 0;
        for (Item item : style.allSteps() ? folding.all() : folding.folded()) {
            if (item instanceof Item.Shown shown) {
                step(shown.step());
                at = shown.step().number();
            } else if (item instanceof Item.Folded folded) {
                columns.note(folded.task(), ".. " + count(folded.steps(), "step"));
                at += folded.steps();
                columns.holds(folded.task(), trace.steps().get(at - 1).held());
            } else if (item instanceof Item.Repeated repeated) {
                columns.note(repeated.task(), repeated.loop().toString());
                at += repeated.loop().steps() * (repeated.loop().times() - 1);
            }
        }
        for (int task = 0; task < tasks.size(); task++) {
            skipTo(task, tasks.get(task).steps().size());
        }
        trace.atRest().forEach(violation -> columns.across("   !!  " + violation));
        trace.wrongResults().forEach(line -> columns.across("   !!  " + line));
    }

    private void step(TraceStep step) {
        HandOver handOver = step.handOver();
        String mark = handOver == null ? "" : "~ " + handOver;
        int from = handOver == null ? 0 : handOver.from();
        if (begun[step.task()] <= step.operation()) {
            skipTo(step.task(), step.operation());
            begun[step.task()] = step.operation() + 1;
            String[] cells = columns.only(
                    step.task(), "> " + operation(step.task(), step.operation()).text());
            cells[from] = mark.isEmpty() ? cells[from] : mark;
            columns.line("", cells, "");
            mark = "";
        }
        columns.holds(step.task(), step.held());
        String[] cells = columns.only(step.task(), text(step));
        cells[from] = mark.isEmpty() ? cells[from] : mark;
        columns.line(Integer.toString(step.number()), cells, source(step));
        step.violations().forEach(violation -> columns.across("   !!  " + violation));
        String result = operation(step.task(), step.operation()).result();
        if (result != null && ends.getOrDefault(key(step.task(), step.operation()), 0) == step.number()) {
            columns.note(step.task(), "< " + result);
        }
    }

    /** Operations that had nothing to do have no steps. */
    private void skipTo(int task, int operation) {
        for (int i = begun[task]; i < operation; i++) {
            String result = operation(task, i).result();
            if (result != null) {
                columns.note(task, "> " + operation(task, i).text() + " < " + result);
            }
            begun[task] = i + 1;
        }
    }

    private TracedOperation operation(int task, int index) {
        TracedOperation known = operations.get(key(task, index));
        if (known == null) {
            Step step = tasks.get(task).steps().get(index);
            return new TracedOperation(task, index, step.toString(), null);
        }
        return known;
    }

    private static String text(TraceStep step) {
        String does = word(step.verb());
        if (step.before() == null && step.after() == null) {
            return step.location().isEmpty() ? does : does + " " + step.location();
        }
        String value = !step.verb().writes()
                ? " = " + step.before()
                : step.changed() ? " " + step.before() + " -> " + step.after() : " " + step.after() + " stays";
        return does + " " + step.location() + value;
    }

    /** Accesses of cells are in short words; what can be said in an interleaving keeps its kernel name. */
    private static String word(Verb verb) {
        return switch (verb) {
            case READ_ONCE, PLAIN_READ, LOAD_ACQUIRE, RCU_DEREFERENCE, REF_READ -> "read";
            case WRITE_ONCE, PLAIN_WRITE, STORE_RELEASE, RCU_ASSIGN_POINTER -> "write";
            case ADD_RETURN, REF_ADD, REF_ADD_UNLESS_ZERO -> "add";
            default -> verb.word();
        };
    }

    private static String source(TraceStep step) {
        return step.line()
                .map(line -> line.substring(line.indexOf('(') + 1, line.length() - 1))
                .orElse("");
    }
}
