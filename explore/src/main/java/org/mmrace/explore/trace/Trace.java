package org.mmrace.explore.trace;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Violation;
import org.mmrace.explore.Ending;
import org.mmrace.explore.Limits;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;

/**
 * One run of a scenario with everything that happened in it.
 *
 * @param scenario the program
 * @param config its kernel
 * @param run what came out
 * @param steps what happened, in order
 * @param operations what the tasks were told to do, task by task
 * @param before the page-table entries before the first step
 * @param after those when the tasks had ended, before what is done last
 * @param standings where each task stands, with the locks that it holds; in the order of the tasks
 * @param mms the processes by the names of their address spaces, {@code mm1} to {@code P}
 */
public record Trace(
        Scenario scenario,
        KernelConfig config,
        ControlledRun run,
        List<TraceStep> steps,
        List<TracedOperation> operations,
        List<Strip> before,
        List<Strip> after,
        List<String> standings,
        Map<String, String> mms) {
    /**
     * An operation of a task.
     *
     * @param task the number of the task
     * @param index which of its script, from 0 on
     * @param text as the scenario has it
     * @param result what it gave; null if it has not ended
     */
    public record TracedOperation(
            int task, int index, String text, @Nullable String result) {}

    /**
     * The entries of a VMA, as it was declared, in one process.
     *
     * @param name of the VMA, {@code "V"}; {@code "mm2:V"} in another process than its own
     * @param entries one word per page
     */
    public record Strip(String name, List<String> entries) {
        /** Keeps its own copy. */
        public Strip {
            entries = List.copyOf(entries);
        }
    }

    /** Keeps its own copies. */
    public Trace {
        steps = List.copyOf(steps);
        operations = List.copyOf(operations);
        before = List.copyOf(before);
        after = List.copyOf(after);
        standings = List.copyOf(standings);
    }

    /**
     * Runs {@code scenario} once and records it; call it within {@link TaskPool#drive}, as {@link ControlledRun#of}.
     *
     * @param config its kernel
     * @param strategy such as a replay of a schedule that was found
     */
    public static Trace of(Scenario scenario, KernelConfig config, TaskPool pool, Strategy strategy) {
        return of(scenario, config, pool, strategy, Integer.MAX_VALUE);
    }

    /** As the other one; stops after {@code steps} steps, with {@link org.mmrace.explore.Ending.How#STOPPED}. */
    public static Trace of(Scenario scenario, KernelConfig config, TaskPool pool, Strategy strategy, int steps) {
        Recorder recorder = new Recorder(steps);
        ControlledRun run = ControlledRun.of(scenario, config, pool, strategy, Limits.DEFAULT, recorder);
        return recorder.trace(scenario, config, run);
    }

    /**
     * The same, with the name of its program in its schedule.
     *
     * @param program 8 hexadecimal digits, or {@link org.mmrace.explore.Schedule#ANY_PROGRAM}
     * @throws IllegalArgumentException when it is no such name
     */
    public Trace ofProgram(String program) {
        return new Trace(scenario, config, run.ofProgram(program), steps, operations, before, after, standings, mms);
    }

    /** The step that broke the first invariant; 0 if none did, or only at rest. */
    public int violatingStep() {
        return steps.stream()
                .filter(step -> !step.violations().isEmpty())
                .mapToInt(TraceStep::number)
                .findFirst()
                .orElse(0);
    }

    /** The step that broke an invariant first; 0 if none did, or {@code id} is not one. */
    public int stepOf(String id) {
        return steps.stream()
                .filter(step -> step.violations().stream()
                        .anyMatch(violation -> violation.invariant().name().equals(id)))
                .mapToInt(TraceStep::number)
                .findFirst()
                .orElse(0);
    }

    /** What was found broken when the tasks had ended. */
    public List<Violation> atRest() {
        List<Violation> seen =
                steps.stream().flatMap(step -> step.violations().stream()).toList();
        return run.verdict().violations().stream()
                .filter(violation -> !seen.contains(violation))
                .toList();
    }

    /** What is wrong with the results, one line each; what a run that has not ended has for results says nothing. */
    public List<String> wrongResults() {
        return run.ending().how() == Ending.How.COMPLETE ? run.verdict().wrongResults() : List.of();
    }

    /** How many times a task was left that could have gone on. */
    public int preemptions() {
        return (int) steps.stream()
                .map(TraceStep::handOver)
                .filter(handOver -> handOver != null
                        && (handOver.why() == TraceStep.Why.PREEMPTED || handOver.why() == TraceStep.Why.GAVE_WAY))
                .count();
    }

    /** How many times another task ran than before. */
    public int switches() {
        return (int) steps.stream().filter(step -> step.handOver() != null).count();
    }
}
