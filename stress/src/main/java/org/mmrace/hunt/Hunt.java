package org.mmrace.hunt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
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
    private long executions;
    private long steps;
    private boolean complete;

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
        HuntResult.Found found;
        try (TaskPool pool = new TaskPool()) {
            found = pool.drive(() -> search(pool));
        }
        return new HuntResult(request, executions, steps, elapsed(System.nanoTime()), complete, found, interrupted);
    }

    private HuntResult.@Nullable Found search(TaskPool pool) {
        HuntResult.Found found = request.strategy().forBugs() ? search(pool, new OneAfterAnother(), 1) : null;
        if (found == null) {
            Strategy strategy = request.strategy().maker().apply(request.seed());
            found = search(pool, strategy, request.budget().executionsMax());
        }
        return found;
    }

    private HuntResult.@Nullable Found search(TaskPool pool, Strategy strategy, long executionsMax) {
        boolean more = true;
        while (more && executions < executionsMax && !interrupted && inTime()) {
            ControlledRun run = ControlledRun.of(request.scenario(), request.config(), pool, strategy);
            executions++;
            steps += run.ending().steps();
            if (!run.verdict().isClean()) {
                return new HuntResult.Found(way(strategy), executions, run);
            }
            more = strategy.end();
        }
        complete = !more;
        return null;
    }

    private boolean inTime() {
        long now = System.nanoTime();
        if (now >= nextProgress) {
            nextProgress = now + PROGRESS_NANOS;
            listener.progress(request, executions, elapsed(now));
        }
        return executions == 0 || now - start < request.budget().time().toNanos();
    }

    private Duration elapsed(long now) {
        return Duration.ofNanos(now - start);
    }

    private static String way(Strategy strategy) {
        return String.valueOf(strategy instanceof Portfolio several ? several.current() : strategy);
    }
}
