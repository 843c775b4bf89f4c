package org.mmrace.hunt;

import java.time.Duration;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Plan;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.Subject;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.ScenarioSubject;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.explore.strategy.Portfolio;

/**
 * Explores one scenario until an execution is not clean, the strategy has shown everything, or its budget is spent. A
 * strategy for bugs has one task run after the other first: what needs no race is found without lots.
 */
public final class Hunt {
    private static final long PROGRESS_NANOS = 200_000_000;

    private final HuntRequest request;
    private final HuntListener listener;
    private volatile boolean interrupted;
    private long start;
    private long nextProgress;
    private long ended;

    /** A hunt; it does nothing before {@link #run}. */
    public Hunt(HuntRequest request, HuntListener listener) {
        this.request = request;
        this.listener = listener;
    }

    /** Tells it to come to an end after the execution that is under way. Any thread may call this. */
    public void interrupt() {
        interrupted = true;
    }

    /**
     * Explores.
     *
     * @throws org.mmrace.op.SetupFailedException when what the scenario declares is refused by this kernel
     * @throws IllegalStateException when the model itself fails
     */
    public HuntResult run() {
        start = System.nanoTime();
        nextProgress = start + PROGRESS_NANOS;
        try (TaskPool pool = new TaskPool()) {
            Subject<ControlledRun> subject = new ScenarioSubject(request.scenario(), request.config());
            Explorer<ControlledRun> explorer =
                    new Explorer<>(subject, pool, run -> !run.verdict().isClean());
            if (request.strategy().equals(StrategyName.DEFAULT) && !interrupted) {
                HuntResult simple = explore(explorer, new OneAfterAnother(), 1);
                if (simple.found() != null) {
                    return simple;
                }
            }
            Strategy strategy = request.strategy().make(request.seed());
            return explore(explorer, strategy, request.budget().executionsMax());
        }
    }

    private HuntResult explore(Explorer<ControlledRun> explorer, Strategy strategy, long executionsMax) {
        ended = 0;
        Plan plan = Plan.of(executionsMax).until(this::enough);
        Explorer.Exploration<ControlledRun> seen = explorer.run(
                strategy,
                strategy.independent() ? plan.countingTraces() : plan,
                (number, ending, run, bad) -> ended = number);
        ControlledRun bad = seen.found();
        return new HuntResult(
                request,
                seen.executions(),
                seen.steps(),
                Duration.ofNanos(System.nanoTime() - start),
                seen.complete(),
                bad == null ? null : new HuntResult.Found(way(strategy), seen.firstBad(), bad),
                seen.traces(),
                seen.verdict(),
                interrupted);
    }

    /** Called between two executions. */
    private boolean enough() {
        long now = System.nanoTime();
        if (now >= nextProgress) {
            nextProgress = now + PROGRESS_NANOS;
            listener.progress(request, ended, Duration.ofNanos(now - start));
        }
        return interrupted || now - start >= request.budget().time().toNanos();
    }

    private static String way(Strategy strategy) {
        return String.valueOf(strategy instanceof Portfolio several ? several.current() : strategy);
    }
}
