package org.mmrace.run;

import java.time.Duration;
import org.mmrace.explore.Schedule;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;

/**
 * What is to be run.
 *
 * @param scenario which scenario
 * @param config on which kernel
 * @param threads on real threads, one for each task; else one task after the other
 * @param runsMax how many runs at most
 * @param time how long at most
 * @param seed where random offsets come from
 */
public record RunRequest(
        Scenario scenario, KernelConfig config, boolean threads, long runsMax, Duration time, long seed) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when nothing could run
     */
    public RunRequest {
        if (runsMax < 1) {
            throw new IllegalArgumentException("there must be 1 run at least, not " + runsMax);
        }
        boolean scheduled = !threads && !scenario.interleaving().isEmpty();
        if (scheduled && scenario.tasks().size() > Schedule.TASKS_MAX) {
            throw new IllegalArgumentException("scenario " + scenario.name() + " has "
                    + scenario.tasks().size() + " tasks and an interleaving: expected at most " + Schedule.TASKS_MAX
                    + ", because a schedule has a letter for each");
        }
    }

    /** Whether the interleaving is the one that the scenario describes. */
    boolean isScripted() {
        return !threads && !scenario.interleaving().isEmpty();
    }
}
