package org.mmrace.explore.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Violation;
import org.mmrace.explore.Choice;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Ending;
import org.mmrace.explore.Execution;
import org.mmrace.explore.Step;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.RunListener;
import org.mmrace.explore.trace.TraceStep.HandOver;
import org.mmrace.explore.trace.TraceStep.Why;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.HeldLocks;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Verb;
import org.mmrace.op.StageNames;
import org.mmrace.op.VmaSpec;
import org.mmrace.script.Scenario;
import org.mmrace.script.ScenarioRun;
import org.mmrace.script.ScriptedTask;

/**
 * Writes down one run. A step is seen before its effect; what it has changed is looked at when the next one comes,
 * because nothing else takes effect between them.
 */
final class Recorder implements RunListener {
    private final int stepsMax;
    private final List<Draft> drafts = new ArrayList<>();

    /** Loops come along the same lines again and again. */
    private final Map<List<String>, List<String>> sources = new HashMap<>();

    private final Map<Integer, Step> standing = new TreeMap<>();
    private final List<String> standings = new ArrayList<>();
    private List<Trace.Strip> before = List.of();
    private List<Trace.Strip> after = List.of();
    private int violationsSeen;
    private @Nullable Machine machine;
    private @Nullable Draft open;

    /**
     * What is recorded, and what its cells are called.
     *
     * @param refresh looks at the machine again, without being one of its tasks
     */
    private record Machine(ScenarioRun run, Execution execution, StageNames names, Runnable refresh) {}

    /** Stops the run after {@code stepsMax} steps. */
    Recorder(int stepsMax) {
        this.stepsMax = stepsMax;
    }

    @Override
    public boolean wantsSources() {
        return true;
    }

    @Override
    public void begins(ScenarioRun run, Execution execution) {
        StageNames names = run.stage().names();
        Runnable refresh = run.machine().kernel().observing(Runnable.class, names::refresh);
        machine = new Machine(run, execution, names, refresh);
        before = strips();
        if (stepsMax == 0) {
            execution.stop();
        }
    }

    private Machine machine() {
        Machine ready = machine;
        if (ready == null) {
            throw new IllegalStateException("the run has not begun");
        }
        return ready;
    }

    @Override
    public void happens(Step step) {
        close();
        Machine now = machine();
        Step last = drafts.isEmpty() ? null : standing.get(drafts.get(drafts.size() - 1).task);
        standing.put(step.number(), step);
        Draft draft = new Draft(
                drafts.size() + 1,
                step,
                now.run().tasks().get(step.number()).done(),
                last == null || last.number() == step.number() ? null : handOver(last));
        draft.source = sources.computeIfAbsent(step.source(), Function.identity());
        draft.name = name(draft);
        draft.before = value(draft);
        drafts.add(draft);
        open = draft;
        if (drafts.size() == stepsMax) {
            now.execution().stop();
        }
    }

    /** The step before has taken effect. */
    private void close() {
        Draft draft = open;
        if (draft == null) {
            return;
        }
        open = null;
        draft.after = value(draft);
        draft.held = held(draft.step.task().held());
        List<Violation> violations = machine().run().violations();
        draft.violations = violations.subList(violationsSeen, violations.size());
        violationsSeen = violations.size();
        if (draft.verb == Verb.RCU_ASSIGN_POINTER || draft.isUpperEntry()) {
            refresh();
        }
    }

    @Override
    public void over(Choice choice) {
        close();
        drafts.stream().filter(draft -> draft.name == null).forEach(draft -> draft.name = name(draft));
        for (int number = 0; number < choice.tasks(); number++) {
            Step step = choice.of(number);
            String stands =
                    step.finished() ? "has finished" : (step.enabled() ? "stands at " : "waits at ") + text(step);
            standings.add(
                    step.task() + " " + stands + ", holding " + step.task().held());
        }
    }

    @Override
    public void ended(Ending ending) {
        after = strips();
    }

    private HandOver handOver(Step last) {
        if (last.finished()) {
            return new HandOver(last.number(), Why.FINISHED, "");
        }
        String at = text(last);
        if (!last.enabled()) {
            return new HandOver(last.number(), Why.WAITS, at);
        }
        return new HandOver(last.number(), last.verb() == Verb.COND_RESCHED ? Why.GAVE_WAY : Why.PREEMPTED, at);
    }

    private String text(Step step) {
        String name = name(step.lock() == null ? step.object() : step.lock(), step.index());
        return Draft.text(step.verb(), name == null ? "a new object" : name);
    }

    private @Nullable String name(Draft draft) {
        return name(draft.lock == null ? draft.object : draft.lock, draft.index);
    }

    /** Null when nobody knows it yet. */
    private @Nullable String name(@Nullable Object object, int index) {
        if (object == null) {
            return "";
        }
        String known = knownName(object, index);
        if (known == null) {
            refresh();
            known = knownName(object, index);
        }
        return known;
    }

    private @Nullable String knownName(Object object, int index) {
        boolean cell = Draft.isCell(object);
        return cell ? machine().names().cells().nameOf(object, index) : object.toString();
    }

    private @Nullable String value(Draft draft) {
        if (!draft.isAboutCell()) {
            return null;
        }
        Object value = ControlledKernel.look(draft.object, draft.index);
        return value instanceof Long number && draft.object != null
                ? machine().names().cells().valueOf(draft.object, number)
                : Draft.pointerText(value);
    }

    private static List<String> held(HeldLocks locks) {
        List<String> held = new ArrayList<>();
        for (int i = 0; i < locks.size(); i++) {
            held.add(locks.lock(i) + (locks.mode(i) == LockMode.READ ? " (R)" : " (W)"));
        }
        return held;
    }

    private void refresh() {
        machine().refresh().run();
    }

    private List<Trace.Strip> strips() {
        Machine now = machine();
        refresh();
        List<Trace.Strip> strips = new ArrayList<>();
        now.run().stage().processes().forEach((process, mm) -> {
            for (VmaSpec vma : now.names().declaredIn(mm)) {
                String name = (vma.process().equals(process) ? "" : process + ":") + vma.name();
                strips.add(new Trace.Strip(name, now.names().entries(mm, vma)));
            }
        });
        return strips;
    }

    /** All that was seen of the run that has come to {@code run}. */
    Trace trace(Scenario scenario, KernelConfig config, ControlledRun run) {
        Machine now = machine();
        List<Trace.TracedOperation> operations = new ArrayList<>();
        List<ScriptedTask> tasks = now.run().tasks();
        for (int number = 0; number < tasks.size(); number++) {
            ScriptedTask task = tasks.get(number);
            for (int i = 0; i < task.steps().size(); i++) {
                String result = i < task.done() ? task.result(i).text() : null;
                operations.add(
                        new Trace.TracedOperation(number, i, task.steps().get(i).toString(), result));
            }
        }
        Map<String, String> mms = new LinkedHashMap<>();
        now.run().stage().processes().forEach((name, mm) -> mms.put(mm.toString(), name));
        return new Trace(scenario, config, run, new Sharing(drafts).steps(), operations, before, after, standings, mms);
    }
}
