package org.mmrace.hunt;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Plan;
import org.mmrace.explore.StepListener;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.Subject;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.choose.Coverage;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.explore.dpor.OptimalDpor;
import org.mmrace.explore.race.DataRace;
import org.mmrace.explore.race.LockGraph;
import org.mmrace.explore.race.ScenarioWatch;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.ScenarioSubject;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.explore.strategy.PreemptionBounded;
import org.mmrace.failure.Failure;

/**
 * Explores one scenario until an execution is not clean or has a data race that is looked for, the strategy has shown
 * everything, or its budget is spent. The strategy for bugs begins without lots: one task after the other; then the
 * states that one preemption reaches, which is all that most bugs need; then, for most of the budget, one execution of
 * each trace, at first a few with each task in the beginning. If those are all, that is a proof.
 */
public final class Hunt {
    private static final long PROGRESS_NANOS = 200_000_000;

    /** Enough for all states within one preemption where operations are short; the others must have their turn. */
    private static final long FEW_PREEMPTIONS_MAX = 1_000;

    /** More traces than that are not shown in the budget that somebody waits for. */
    private static final long TRACES_MAX = 20_000;

    /** Before another task goes first. */
    private static final long BEGINNING = 500;

    private static final double MOST = 0.7;
    private static final double ALL = 1;

    private final HuntRequest request;
    private final HuntListener listener;
    private volatile boolean interrupted;
    private long start;
    private long nextProgress;
    private long executions;
    private long steps;
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
            LockGraph locks = request.watch().lockOrder() ? new LockGraph() : null;
            ScenarioWatch watch = new ScenarioWatch(request.watch().races(), locks);
            boolean watches = !request.watch().equals(Watch.NOTHING);
            Subject<ControlledRun> subject = new ScenarioSubject(
                    request.scenario(),
                    request.config(),
                    Failure.program(request.scenario(), request.config()),
                    watches ? watch::anew : () -> StepListener.NONE);
            Explorer<ControlledRun> explorer =
                    new Explorer<>(subject, pool, run -> !run.verdict().isClean() || watch.sawRace());
            Strategy strategy = request.strategy().make(request.seed());
            boolean lotsOnly = request.lotsOnly() || !request.strategy().equals(StrategyName.DEFAULT);
            HuntResult result = lotsOnly
                    ? explore(explorer, new Part(strategy, request.strategy().coverage()), Long.MAX_VALUE, ALL)
                    : exploreInTurn(explorer, strategy);
            return result.seeing(watched(result.found(), watch, locks, pool));
        }
    }

    private Watched watched(
            HuntResult.@Nullable Found found, ScenarioWatch watch, @Nullable LockGraph locks, TaskPool pool) {
        List<DataRace> races = found == null || !watch.sawRace()
                ? List.of()
                : pool.drive(() -> ScenarioWatch.explain(
                        request.scenario(),
                        request.config(),
                        pool,
                        found.run().ending().schedule()));
        return new Watched(races, locks == null ? List.of() : locks.potentialDeadlocks());
    }

    private HuntResult exploreInTurn(Explorer<ControlledRun> explorer, Strategy lots) {
        HuntResult simple = explore(explorer, new Part(new OneAfterAnother(), Coverage.SOME), 1, ALL);
        if (isEnough(simple)) {
            return simple;
        }
        HuntResult few = explore(
                explorer, new Part(PreemptionBounded.statesUpTo(1), Coverage.BOUNDED), FEW_PREEMPTIONS_MAX, ALL);
        if (isEnough(few)) {
            return few;
        }
        HuntResult traces = exploreTraces(explorer, few);
        if (isEnough(traces)) {
            return traces;
        }
        HuntResult random = explore(explorer, new Part(lots, Coverage.LOTS), Long.MAX_VALUE, ALL);
        return few.complete() ? random.knowing(few.proved()) : random;
    }

    /**
     * A search goes deep before it goes wide: what one beginning hides behind thousands, another one shows at once.
     *
     * @param before what is known; the result if most of the budget has been used
     */
    private HuntResult exploreTraces(Explorer<ControlledRun> explorer, HuntResult before) {
        Part all = traces(0);
        HuntResult seen = before;
        for (int first = 0; first < request.scenario().tasks().size(); first++) {
            if (isEnough(seen) || isSpent(MOST)) {
                return seen;
            }
            seen = explore(explorer, first == 0 ? all : traces(first), BEGINNING, MOST);
        }
        return isEnough(seen) || isSpent(MOST) ? seen : explore(explorer, all, TRACES_MAX, MOST);
    }

    private static Part traces(int first) {
        return new Part(new OptimalDpor(first), Coverage.ALL);
    }

    private boolean isEnough(HuntResult result) {
        return result.found() != null || result.shown() == Coverage.ALL || isSpent(ALL);
    }

    private boolean isSpent(double share) {
        return executions >= executionsMax(share) || isEnough(nanosMax(share));
    }

    private long executionsMax(double share) {
        return (long) (share * request.budget().executionsMax());
    }

    private long nanosMax(double share) {
        return (long) (share * request.budget().time().toNanos());
    }

    /** One of the things that are done in turn, and what it means when it comes to its end. */
    private record Part(Strategy strategy, Coverage coverage) {}

    /** @param share of the budget, from the start of the hunt on */
    private HuntResult explore(Explorer<ControlledRun> explorer, Part part, long most, double share) {
        Strategy strategy = part.strategy();
        long before = executions;
        Plan plan = Plan.of(Math.min(most, executionsMax(share) - before)).until(() -> enough(nanosMax(share)));
        Explorer.Exploration<ControlledRun> seen = explorer.run(
                strategy,
                strategy.independent() ? plan.countingTraces() : plan,
                (number, ending, run, bad) -> ended = before + number);
        executions += seen.executions();
        steps += seen.steps();
        ControlledRun bad = seen.found();
        return new HuntResult(
                request,
                executions,
                steps,
                Duration.ofNanos(System.nanoTime() - start),
                seen.complete() ? part.coverage() : Coverage.SOME,
                bad == null ? null : new HuntResult.Found(way(strategy), before + seen.firstBad(), bad),
                seen.traces(),
                seen.complete() && bad == null ? strategy.allTraces() : OptionalLong.empty(),
                before == 0 || seen.complete() || strategy.independent() ? seen.verdict() : nothing(),
                interrupted,
                Watched.NOTHING);
    }

    /** As the verdict of one part that was stopped, for all of them. */
    private String nothing() {
        return String.format(
                Locale.ROOT, "%,d executions, no violation; says nothing about other schedules", executions);
    }

    /** Called between two executions. */
    private boolean enough(long nanos) {
        long now = System.nanoTime();
        if (now >= nextProgress) {
            nextProgress = now + PROGRESS_NANOS;
            listener.progress(request, ended, Duration.ofNanos(now - start));
        }
        return isEnough(nanos);
    }

    private boolean isEnough(long nanos) {
        return interrupted || System.nanoTime() - start >= nanos;
    }

    private static String way(Strategy strategy) {
        return String.valueOf(strategy instanceof Portfolio several ? several.current() : strategy);
    }
}
