package org.mmrace.hunt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;
import org.mmrace.workers.WorkerSeat;

/**
 * What is to be explored, how, and for how long.
 *
 * @param file where the scenario is from
 * @param scenario which scenario
 * @param config on which kernel
 * @param strategy who goes when
 * @param seed where random choices come from
 * @param budget for how long
 * @param lotsOnly leave out what the strategy for bugs does without lots: somebody else does that
 * @param watch what else to look for
 */
public record HuntRequest(
        Path file,
        Scenario scenario,
        KernelConfig config,
        StrategyName strategy,
        long seed,
        HuntBudget budget,
        boolean lotsOnly,
        Watch watch) {
    /**
     * Checks what can be.
     *
     * @throws IllegalArgumentException when nothing could run
     */
    public HuntRequest {
        if (scenario.tasks().isEmpty()) {
            throw new IllegalArgumentException(file + " has no task");
        }
        if (scenario.tasks().size() > Schedule.TASKS_MAX) {
            throw new IllegalArgumentException(file + " has " + scenario.tasks().size() + " tasks: expected at most "
                    + Schedule.TASKS_MAX + ", because a schedule has a letter for each");
        }
    }

    /** The part of one of several workers. Without lots all of them would do the same, so only the first one does. */
    public HuntRequest at(WorkerSeat seat) {
        long executions = budget.executionsMax() == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : Math.max(1, seat.share(budget.executionsMax()));
        return new HuntRequest(
                file,
                scenario,
                config,
                strategy,
                seat.seed(seed),
                new HuntBudget(executions, budget.time()),
                seat.number() > 0,
                watch);
    }

    /**
     * The same for somebody who begins later than the others: its time is over when theirs is.
     *
     * @param late how much later
     */
    public HuntRequest late(Duration late) {
        Duration left = budget.time().minus(late);
        HuntBudget rest = new HuntBudget(budget.executionsMax(), left.isNegative() ? Duration.ZERO : left);
        boolean limited = budget.time().compareTo(HuntBudget.UNLIMITED) < 0;
        return new HuntRequest(file, scenario, config, strategy, seed, limited ? rest : budget, lotsOnly, watch);
    }

    /** Whether the bug that the scenario is about is there, so that something is to be found. */
    public boolean faultIsOn() {
        return isOn(scenario.fault());
    }

    private boolean isOn(@Nullable Fault fault) {
        return fault != null && config.with(fault).equals(config);
    }

    /** The ids of the bugs that are there: those that are switched on, and that of the scenario. */
    List<String> faults() {
        return Arrays.stream(Fault.values())
                .filter(fault -> config.has(fault) || (fault == scenario.fault() && isOn(fault)))
                .map(Fault::id)
                .toList();
    }
}
