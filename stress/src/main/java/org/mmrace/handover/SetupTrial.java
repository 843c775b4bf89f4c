package org.mmrace.handover;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.fault.KernelConfig;
import org.mmrace.op.SetupFailedException;
import org.mmrace.op.Step;
import org.mmrace.script.Scenario;
import org.mmrace.script.ScenarioRun;

/**
 * Earlier operations of a campaign do not all succeed when they are done one after the other, without what came before
 * them: a setup keeps those that do.
 */
final class SetupTrial {
    private SetupTrial() {}

    /**
     * {@code scenario} with a setup that works.
     *
     * @throws SetupFailedException when what it declares is refused
     */
    static Scenario settle(Scenario scenario, KernelConfig config) {
        if (works(scenario, scenario.setup(), config)) {
            return scenario;
        }
        List<Step> kept = new ArrayList<>();
        for (Step step : scenario.setup()) {
            kept.add(step);
            if (!works(scenario, kept, config)) {
                kept.remove(kept.size() - 1);
            }
        }
        return withSetup(scenario, kept);
    }

    private static boolean works(Scenario scenario, List<Step> setup, KernelConfig config) {
        ScenarioRun run = new ScenarioRun(
                withSetup(scenario, setup),
                config,
                watch -> new ControlledKernel(watch.cpus(), watch.log(), watch.locks(), watch.retries()));
        try {
            run.setup();
            return true;
        } catch (SetupFailedException | IllegalStateException e) {
            if (setup.isEmpty()) {
                throw e;
            }
            return false; // refused, or it waits for somebody who is not there
        }
    }

    private static Scenario withSetup(Scenario scenario, List<Step> setup) {
        return scenario.with(draft -> draft.setup(setup));
    }
}
