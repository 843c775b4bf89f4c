package org.mmrace.hunt;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.TraceCounts;
import org.mmrace.explore.choose.Coverage;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.stress.StressText;
import org.mmrace.workers.WorkerFind;
import org.mmrace.workers.WorkerReport;
import org.mmrace.workers.WorkerSeat;
import org.mmrace.workers.Workers;

/**
 * One scenario explored by several processes, each with seeds and a share of the executions of its own. This process is
 * the first of them and begins with what draws no lots, if the strategy does. The first find ends all of them; its
 * schedule comes to this process and is run here. A proof ends them as well.
 */
public final class SharedHunt implements Workers.OwnWork {
    private final HuntRequest request;
    private final int count;
    private final HuntListener listener;
    private final Workers workers;
    private final long start = System.nanoTime();
    private volatile boolean interrupted;
    private volatile boolean stopped;
    private volatile @Nullable Hunt hunt;
    private @Nullable HuntResult own;

    /**
     * Workers that have not begun.
     *
     * @param request of all of them together; its strategy draws lots
     * @param count how many
     * @param commandOf how to start each of the others
     */
    public SharedHunt(
            HuntRequest request, int count, Function<WorkerSeat, List<String>> commandOf, HuntListener listener) {
        this.request = request;
        this.count = count;
        this.listener = listener;
        this.workers = new Workers(count, this, commandOf);
    }

    /**
     * What came out.
     *
     * @param result of all of them together
     * @param lost what happened to each process that did not come to its end, in one sentence
     */
    public record Shared(HuntResult result, List<String> lost) {}

    /** Tells all of them to come to an end. Any thread may call this. */
    public void interruptAll() {
        interrupted = true;
        workers.interrupt();
    }

    /**
     * Explores.
     *
     * @throws org.mmrace.op.SetupFailedException when what the scenario declares is refused by this kernel
     */
    public Shared run() {
        Workers.Merged merged = workers.run((executions, steps) -> listener.progress(request, executions, elapsed()));
        WorkerFind found = merged.found();
        HuntRequest finder = request.at(new WorkerSeat(merged.foundBy(), count));
        HuntResult mine = own;
        HuntResult proof = found == null && mine != null && mine.shown() == Coverage.ALL ? mine : null;
        HuntResult result = new HuntResult(
                found == null ? request : finder,
                merged.executions(),
                merged.steps(),
                elapsed(),
                proof == null ? Coverage.LOTS : Coverage.ALL,
                found == null ? null : found(found),
                null,
                proof == null ? OptionalLong.empty() : proof.allTraces(),
                proof == null ? proved(merged.executions(), mine) : proof.proved(),
                interrupted,
                Watched.NOTHING);
        return new Shared(result, merged.lost());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private HuntResult.Found found(WorkerFind found) {
        HuntResult mine = own;
        if (mine != null && mine.found() != null) {
            return mine.found();
        }
        try (TaskPool pool = new TaskPool()) {
            ControlledRun run = pool.drive(() -> ControlledRun.of(
                    request.scenario(), request.config(), pool, Replay.ofPrefix(Schedule.parse(found.schedule()))));
            return new HuntResult.Found(found.by(), found.execution(), run);
        }
    }

    /** Those that drew no lots say nothing about the next one. */
    private String proved(long executions, @Nullable HuntResult mine) {
        TraceCounts lots = mine == null ? null : mine.traces();
        long drawn = executions - (mine == null ? 0 : mine.executions()) + (lots == null ? 0 : lots.executions());
        String looked = StressText.thousands(executions) + " executions of " + count + " workers, no violation; ";
        return drawn == 0
                ? looked + "says nothing about other schedules"
                : String.format(
                        Locale.ROOT,
                        "%sprobability that the next one shows one <= %.2g %% (95 %% confidence)",
                        looked,
                        100 * TraceCounts.ruleOfThree(drawn));
    }

    @Override
    public WorkerReport run(Consumer<WorkerReport> soFar) {
        Hunt mine = new Hunt(
                request.at(new WorkerSeat(0, count)),
                (part, executions, elapsed) -> soFar.accept(new WorkerReport(executions, 0, false, null)));
        hunt = mine;
        if (stopped) {
            mine.interrupt();
        }
        HuntResult result = mine.run();
        own = result;
        boolean isProof = result.shown() == Coverage.ALL; // whatever the others do, there is nothing to be found
        if (isProof || elapsed().compareTo(request.budget().time()) >= 0) {
            workers.interrupt();
        }
        return report(result);
    }

    @Override
    public void interrupt() {
        stopped = true;
        Hunt mine = hunt;
        if (mine != null) {
            mine.interrupt();
        }
    }

    /** The last report of a worker. */
    public static WorkerReport report(HuntResult result) {
        HuntResult.Found found = result.found();
        WorkerFind find = found == null
                ? null
                : new WorkerFind(
                        found.way(),
                        found.execution(),
                        found.run().ending().schedule().toString());
        return new WorkerReport(result.executions(), result.steps(), true, find);
    }
}
