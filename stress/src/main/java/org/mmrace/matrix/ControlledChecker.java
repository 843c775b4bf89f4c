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
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;

/** The scenario of the fault under the scheduler that decides every step. */
final class ControlledChecker implements FaultChecker {
    private final FaultScenarios scenarios;
    private final boolean searching;
    private volatile boolean interrupted;

    /** @param searching with random schedules, rather than in the order that the scenario says */
    ControlledChecker(FaultScenarios scenarios, boolean searching) {
        this.scenarios = scenarios;
        this.searching = searching;
    }

    @Override
    public String name() {
        return (searching ? CheckerKind.EXPLORE : CheckerKind.REPLAY).term();
    }

    @Override
    public String about() {
        return searching
                ? "the fault's scenario under random schedules (random walk, PCT, POS in turn); runs are executions"
                : "the fault's scenario, one task after the other, then in the interleaving that it brings; runs are"
                        + " executions";
    }

    @Override
    public boolean covers(Fault fault) {
        return scenarios.has(fault);
    }

    @Override
    public boolean seeded() {
        return searching;
    }

    @Override
    public Optional<Trial> attempt(Fault fault, boolean on, long seed, Duration limit) {
        Scenario scenario = scenarios.of(fault);
        KernelConfig kernel = scenarios.kernel(fault, on);
        long start = System.nanoTime();
        try (TaskPool pool = new TaskPool()) {
            return pool.drive(() -> searching
                    ? search(fault, on, seed, scenario, kernel, pool, start, limit)
                    : replay(fault, on, scenario, kernel, pool, start));
        }
    }

    private Optional<Trial> search(
            Fault fault,
            boolean on,
            long seed,
            Scenario scenario,
            KernelConfig kernel,
            TaskPool pool,
            long start,
            Duration limit) {
        Strategy strategy = Portfolio.forBugs(seed);
        long runs = 0;
        List<String> broken = List.of();
        while (broken.isEmpty() && System.nanoTime() - start < limit.toNanos()) {
            if (interrupted) {
                return Optional.empty();
            }
            broken =
                    ControlledRun.of(scenario, kernel, pool, strategy).verdict().broken();
            runs++;
        }
        return Optional.of(trial(fault, on, seed, broken, start, runs));
    }

    private Optional<Trial> replay(
            Fault fault, boolean on, Scenario scenario, KernelConfig kernel, TaskPool pool, long start) {
        List<String> broken = ControlledRun.of(scenario, kernel, pool, new OneAfterAnother())
                .verdict()
                .broken();
        if (!broken.isEmpty() || scenario.interleaving().isEmpty()) {
            return Optional.of(trial(fault, on, 0, broken, start, 1));
        }
        try {
            Strategy script = new ScriptedInterleaving(scenario.interleaving());
            broken = ControlledRun.of(scenario, kernel, pool, script).verdict().broken();
        } catch (DivergedException e) {
            if (on) {
                throw new IllegalStateException("scenario " + fault.id() + ": " + e.getMessage(), e);
            }
            broken = List.of(); // the correct kernel does not let the tasks go that way
        }
        return Optional.of(trial(fault, on, 0, broken, start, 2));
    }

    private Trial trial(Fault fault, boolean on, long seed, List<String> broken, long start, long runs) {
        return new Trial(fault, name(), on, seed, broken, Duration.ofNanos(System.nanoTime() - start), runs);
    }

    @Override
    public void interrupt() {
        interrupted = true;
    }
}
