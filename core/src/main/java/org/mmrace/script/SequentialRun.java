package org.mmrace.script;

import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.NativeKernel;

/** Runs a scenario on one thread, one task after the other. */
public final class SequentialRun {
    private SequentialRun() {}

    /**
     * One run.
     *
     * @param config its kernel, such as {@link Scenario#config}
     * @throws org.mmrace.op.SetupFailedException when what the scenario declares is refused
     */
    public static Verdict run(Scenario scenario, KernelConfig config) {
        ScenarioRun run = new ScenarioRun(
                scenario, config, watch -> new NativeKernel(watch.cpus(), watch.log(), watch.locks(), watch.retries()));
        run.setup();
        for (ScriptedTask task : run.tasks()) {
            task.run();
            if (task.crashed()) {
                break;
            }
        }
        return run.finish();
    }
}
