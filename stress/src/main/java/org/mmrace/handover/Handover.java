package org.mmrace.handover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Minimised;
import org.mmrace.explore.minimise.Minimiser;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.Search;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.explore.trace.Trace;
import org.mmrace.failure.Failure;
import org.mmrace.fault.KernelConfig;
import org.mmrace.op.SetupFailedException;
import org.mmrace.script.Scenario;
import org.mmrace.script.Verdict;
import org.mmrace.stress.StressResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for an interleaving that breaks the invariant that a campaign saw broken: makes scenarios of the last
 * operations, and searches them under the scheduler, a few executions of each, then more, until one shows it or the
 * time is over. What is found is made small. Runs on the thread that calls it.
 */
public final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    /** Random executions of each candidate in the first round; each later round has so many times as many. */
    private static final int FIRST_ROUND = 4;

    private static final int GROWTH = 4;

    /** Executions between two looks at the clock. */
    private static final int CHUNK = 32;

    /** Runs that may be made to make what was found small. */
    private static final long MINIMISING = 2_000;

    private final StressResult result;
    private final String invariant;
    private final Duration budget;
    private final Set<Scenario> seen = new HashSet<>();
    private volatile boolean interrupted;
    private long start;
    private long executions;

    /**
     * A search that begins with {@link #run}.
     *
     * @param result what a campaign has found; its first violation is looked for
     * @param budget how long
     * @throws IllegalArgumentException when there is no violation
     */
    public Handover(StressResult result, Duration budget) {
        if (result.violations().isEmpty()) {
            throw new IllegalArgumentException("nothing was found that could be looked for");
        }
        this.result = result;
        this.invariant = result.violations().get(0).invariant().name();
        this.budget = budget;
    }

    /** Tells it to come to an end soon; any thread may call this. */
    public void interrupt() {
        interrupted = true;
    }

    /** A candidate with its search, which goes on in every round. */
    private record Open(Candidate candidate, Search search) {}

    /** Searches; says what was found, or what was tried. */
    public HandoverResult run() {
        start = System.nanoTime();
        HandoverResult.Reproduced found;
        try (TaskPool pool = new TaskPool()) {
            found = search(pool);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new HandoverResult(invariant, seen.size(), executions, took, interrupted, found);
    }

    private HandoverResult.@Nullable Reproduced search(TaskPool pool) {
        List<Open> open = new ArrayList<>();
        HandoverResult.Reproduced found = null;
        // At least one scenario, however short the time: that there is none is something else.
        for (Candidate candidate : Candidates.of(result)) {
            if (found != null || interrupted || (!seen.isEmpty() && isOver())) {
                return found;
            }
            Candidate settled = settle(candidate);
            if (settled != null && seen.add(settled.scenario())) {
                Scenario scenario = settled.scenario();
                Open one = new Open(settled, new Search(scenario, scenario.config(true), pool, this::isShown));
                open.add(one);
                found = look(one, pool, FIRST_ROUND);
            }
        }
        long most = FIRST_ROUND;
        while (found == null && !open.isEmpty() && !isOver()) {
            most *= GROWTH;
            for (Open one : open) {
                found = found == null && !isOver() ? look(one, pool, most) : found;
            }
        }
        return found;
    }

    private boolean isOver() {
        return interrupted || System.nanoTime() - start > budget.toNanos();
    }

    private boolean isShown(Verdict verdict) {
        return verdict.showsOneOf(List.of(invariant));
    }

    /** The candidate with a setup that works; null if it cannot even be declared. */
    private static @Nullable Candidate settle(Candidate candidate) {
        Scenario scenario = candidate.scenario();
        try {
            return new Candidate(SetupTrial.settle(scenario, scenario.config(true)), candidate.workers());
        } catch (SetupFailedException | IllegalStateException e) {
            LOG.debug("{} cannot be declared", scenario, e);
            return null;
        }
    }

    /** Runs one candidate {@code most} times more; the first time also one task after the other. */
    private HandoverResult.@Nullable Reproduced look(Open open, TaskPool pool, long most) {
        Search search = open.search();
        long before = search.executions();
        Optional<Search.Found> found = Optional.empty();
        long seed = result.config().seed();
        try {
            for (long done = 0; done < most && found.isEmpty() && !isOver(); done += CHUNK) {
                long runs = Math.min(CHUNK, most - done);
                seed = result.config().seed() + search.executions();
                found = search.executions() == 0 ? search.run(seed, runs) : search.runRandom(seed, runs);
            }
        } catch (IllegalStateException e) {
            LOG.debug("the model fails in {}", open.candidate().scenario(), e);
        }
        executions += search.executions() - before;
        Candidate candidate = open.candidate();
        return found.isPresent()
                        && isTheFaults(
                                candidate.scenario(), found.get().run().ending().schedule(), pool)
                ? reproduced(candidate, found.get(), seed, pool)
                : null;
    }

    /** What a kernel without the fault shows as well is no find but a scenario that asks for too much. */
    private boolean isTheFaults(Scenario scenario, Schedule schedule, TaskPool pool) {
        if (scenario.fault() == null) {
            return true;
        }
        KernelConfig without = scenario.config(false);
        Replay replay = Replay.ofPrefix(schedule);
        try {
            executions++;
            return !isShown(pool.drive(() -> ControlledRun.of(scenario, without, pool, replay))
                    .verdict());
        } catch (DivergedException | SetupFailedException e) {
            LOG.debug("the correct kernel goes another way", e);
            return true;
        }
    }

    private HandoverResult.Reproduced reproduced(Candidate candidate, Search.Found found, long seed, TaskPool pool) {
        Scenario whole = candidate.scenario();
        KernelConfig config = whole.config(true);
        Symptom symptom = symptom(found.run());
        Schedule schedule = found.run().ending().schedule();
        Minimised small = pool.drive(() -> new Minimiser(pool, MINIMISING).minimise(whole, config, schedule, symptom));
        executions += small.executions();
        boolean itsFault = isTheFaults(small.scenario(), small.schedule(), pool);
        Candidate least = itsFault ? candidate.with(small.scenario()) : candidate;
        Scenario scenario = least.named();
        Replay replay = Replay.ofPrefix(itsFault ? small.schedule() : schedule);
        Trace trace =
                pool.drive(() -> Trace.of(scenario, config, pool, replay)).ofProgram(Failure.program(scenario, config));
        Failure plain = Failure.of(trace, symptom, found.way().replace(' ', '-'), seed);
        Failure failure = pool.drive(() -> plain.inWords(trace, pool));
        return new HandoverResult.Reproduced(failure, trace, least.workers());
    }

    /** The invariant, or how the run got stuck, which is a breach of I32. */
    private Symptom symptom(ControlledRun run) {
        Symptom plain = new Symptom(invariant);
        return plain.isShownBy(run) ? plain : Symptom.of(run, List.of()).orElse(plain);
    }
}
