package org.mmrace.explore.scenario;

import org.mmrace.explore.Ending;
import org.mmrace.explore.Execution;
import org.mmrace.explore.Step;
import org.mmrace.explore.StepListener;
import org.mmrace.script.ScenarioRun;

/** Sees one run of a scenario: every step of its tasks, and the machine before the first and after the last one. */
public interface RunListener extends StepListener {
    /** Sees nothing. */
    RunListener NONE = new RunListener() {
        @Override
        public void happens(Step step) {}
    };

    /**
     * The setup is done, and no task has begun.
     *
     * @param run the machine with its tasks
     * @param execution what is going to run them; {@link Execution#stop} ends it
     */
    default void begins(ScenarioRun run, Execution execution) {}

    /** The tasks have ended or are given up; what is done last, the checks and the audit are still to come. */
    default void ended(Ending ending) {}
}
