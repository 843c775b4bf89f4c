package org.mmrace.explore.minimise;

import org.mmrace.explore.Schedule;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;

/**
 * A failing run, made small.
 *
 * @param scenario what is left of the program
 * @param config its kernel, the same as before
 * @param run the run; its schedule is {@code run().ending().schedule()}
 * @param preemptions how many it has
 * @param steps how many steps it has
 * @param minimal whether fewer preemptions are known not to be enough for this program
 * @param before the same numbers before
 * @param executions how many runs it took
 */
public record Minimised(
        Scenario scenario,
        KernelConfig config,
        ControlledRun run,
        int preemptions,
        int steps,
        boolean minimal,
        Before before,
        long executions) {
    /**
     * What there was.
     *
     * @param around how many operations of setup and finally, which are no steps
     */
    public record Before(int tasks, int operations, int around, int preemptions, int steps) {}

    /** Who goes when. */
    public Schedule schedule() {
        return run.ending().schedule();
    }

    /** How many operations the tasks have. */
    public int operations() {
        return operations(scenario);
    }

    /** How many operations setup and finally have. */
    public int around() {
        return around(scenario);
    }

    static int around(Scenario scenario) {
        return scenario.setup().size() + scenario.last().size();
    }

    static int operations(Scenario scenario) {
        return scenario.tasks().stream().mapToInt(task -> task.steps().size()).sum();
    }

    /**
     * On one line: {@code "tasks 3 -> 2, operations 4 -> 2, preemptions 9 -> 1 (the fewest), steps 200 -> 96; ..."}.
     * Where the setup is gone, tasks may take more steps than before, such as those of page faults: then it says so.
     */
    @Override
    public String toString() {
        return change("tasks", before.tasks(), scenario.tasks().size()) + ", "
                + change("operations", before.operations(), operations()) + ", "
                + change("preemptions", before.preemptions(), preemptions) + (minimal ? " (the fewest)" : "") + ", "
                + (before.around() == around() ? "" : change("setup and finally", before.around(), around()) + ", ")
                + change("steps", before.steps(), steps)
                + (steps > before.steps() && around() < before.around() ? " (tasks do what the setup did)" : "")
                + "; " + executions + " tries";
    }

    private static String change(String what, int from, int to) {
        return what + " " + (from == to ? String.valueOf(to) : from + " -> " + to);
    }
}
