package org.mmrace.explore.scenario;

import java.util.List;
import java.util.function.Supplier;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Ending;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.StepListener;
import org.mmrace.explore.Subject;
import org.mmrace.explore.TaskBody;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;
import org.mmrace.script.ScenarioRun;

/** A scenario as a program that is explored: each attempt has a fresh machine, set up as the scenario says. */
public final class ScenarioSubject implements Subject<ControlledRun> {
    private final Scenario scenario;
    private final KernelConfig config;
    private final Supplier<StepListener> listeners;
    private final String program;

    /**
     * A scenario on a kernel.
     *
     * @param config such as {@link Scenario#config}
     */
    public ScenarioSubject(Scenario scenario, KernelConfig config) {
        this(scenario, config, Schedule.ANY_PROGRAM, () -> StepListener.NONE);
    }

    /**
     * A scenario on a kernel, with somebody who listens.
     *
     * @param config such as {@link Scenario#config}
     * @param program its name in schedules, or {@link Schedule#ANY_PROGRAM}
     * @param listeners asked for one at the beginning of each execution
     */
    public ScenarioSubject(Scenario scenario, KernelConfig config, String program, Supplier<StepListener> listeners) {
        this.scenario = scenario;
        this.config = config;
        this.program = program;
        this.listeners = listeners;
    }

    @Override
    public String hash() {
        return program;
    }

    /** @throws org.mmrace.op.SetupFailedException when what the scenario declares is refused */
    @Override
    public Attempt<ControlledRun> attempt() {
        return new Run(scenario, config, listeners.get());
    }

    private static final class Run implements Attempt<ControlledRun> {
        private final ScenarioRun run;
        private final ControlledKernel kernel;
        private final StepListener listener;

        Run(Scenario scenario, KernelConfig config, StepListener listener) {
            this.listener = listener;
            ControlledKernel[] booted = new ControlledKernel[1];
            run = new ScenarioRun(scenario, config, watch -> {
                booted[0] = new ControlledKernel(watch.cpus(), watch.log(), watch.locks(), watch.retries());
                return booted[0];
            });
            run.setup();
            kernel = booted[0];
        }

        @Override
        public ControlledKernel kernel() {
            return kernel;
        }

        @Override
        public List<TaskBody> tasks() {
            return run.tasks().stream()
                    .map(task -> new TaskBody(task.task(), task))
                    .toList();
        }

        @Override
        public StepListener listener() {
            return listener;
        }

        @Override
        public ControlledRun judge(Ending ending) {
            return ControlledRun.of(run, ending);
        }
    }
}
