package org.mmrace.matrix;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.ScriptedInterleaving;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;

/** The scenario of the fault in the order that it says. */
final class ReplayChecker implements FaultChecker {
    private final FaultScenarios scenarios;

    ReplayChecker(FaultScenarios scenarios) {
        this.scenarios = scenarios;
    }

    @Override
    public String name() {
        return CheckerKind.REPLAY.term();
    }

    @Override
    public String about() {
        return "the fault's scenario, one task after the other, then in the interleaving that it brings; runs are"
                + " executions";
    }

    @Override
    public boolean covers(Fault fault) {
        return scenarios.has(fault);
    }

    @Override
    public boolean seeded() {
        return false;
    }

    @Override
    public Optional<Trial> attempt(Fault fault, boolean on, long seed, Duration limit) {
        Scenario scenario = scenarios.of(fault);
        KernelConfig kernel = scenarios.kernel(fault, on);
        long start = System.nanoTime();
        try (TaskPool pool = new TaskPool()) {
            return pool.drive(() -> replay(fault, on, scenario, kernel, pool, start));
        }
    }

    private Optional<Trial> replay(
            Fault fault, boolean on, Scenario scenario, KernelConfig kernel, TaskPool pool, long start) {
        List<String> broken = broken(scenario, kernel, pool, new OneAfterAnother());
        if (!broken.isEmpty() || scenario.interleaving().isEmpty()) {
            return Optional.of(trial(fault, on, broken, start, 1));
        }
        try {
            broken = broken(scenario, kernel, pool, new ScriptedInterleaving(scenario.interleaving()));
        } catch (DivergedException e) {
            if (on) {
                throw new IllegalStateException("scenario " + fault.id() + ": " + e.getMessage(), e);
            }
            broken = List.of(); // the correct kernel does not let the tasks go that way
        }
        return Optional.of(trial(fault, on, broken, start, 2));
    }

    private static List<String> broken(Scenario scenario, KernelConfig kernel, TaskPool pool, Strategy strategy) {
        return ControlledRun.of(scenario, kernel, pool, strategy).verdict().broken();
    }

    private Trial trial(Fault fault, boolean on, List<String> broken, long start, long runs) {
        return new Trial(fault, name(), on, 0, broken, Duration.ofNanos(System.nanoTime() - start), runs);
    }

    /** A replay is over before anybody could. */
    @Override
    public void interrupt() {}
}
