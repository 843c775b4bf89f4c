package org.mmrace.matrix;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Plan;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.ScenarioSubject;
import org.mmrace.fault.Fault;

/** The scenario of the fault under one strategy of the explorer, until the first execution that is not clean. */
public final class StrategyChecker implements FaultChecker {
    private final FaultScenarios scenarios;
    private final StrategyName strategy;
    private final long executionsMax;
    private volatile boolean interrupted;

    /**
     * A checker.
     *
     * @param executionsMax how many executions an attempt may have
     */
    public StrategyChecker(FaultScenarios scenarios, StrategyName strategy, long executionsMax) {
        this.scenarios = scenarios;
        this.strategy = strategy;
        this.executionsMax = executionsMax;
    }

    @Override
    public String name() {
        return strategy.toString();
    }

    @Override
    public String about() {
        return strategy.kind().description()
                + (seeded() ? "" : "; decides the same each time, so one observation and not one per seed");
    }

    @Override
    public boolean covers(Fault fault) {
        return scenarios.has(fault);
    }

    @Override
    public boolean seeded() {
        return strategy.drawsLots();
    }

    @Override
    public boolean isStrategy() {
        return true;
    }

    @Override
    public Optional<Trial> attempt(Fault fault, boolean on, long seed, Duration limit) {
        ScenarioSubject subject = new ScenarioSubject(scenarios.of(fault), scenarios.kernel(fault, on));
        try (TaskPool pool = new TaskPool()) {
            Explorer<ControlledRun> explorer =
                    new Explorer<>(subject, pool, run -> !run.verdict().isClean());
            long start = System.nanoTime();
            Explorer.Exploration<ControlledRun> seen = explorer.run(
                    strategy.make(seed),
                    Plan.of(executionsMax).until(() -> interrupted || System.nanoTime() - start >= limit.toNanos()));
            Duration time =
                    Duration.ofNanos(System.nanoTime() - start).truncatedTo(ChronoUnit.MICROS); // as logs keep it
            ControlledRun bad = seen.found();
            if (interrupted && bad == null) {
                return Optional.empty();
            }
            List<String> broken = bad == null ? List.of() : bad.verdict().broken();
            return Optional.of(new Trial(fault, name(), on, seeded() ? seed : 0, broken, time, seen.executions()));
        }
    }

    @Override
    public void interrupt() {
        interrupted = true;
    }
}
