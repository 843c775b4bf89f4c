package org.mmrace.handover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.Search;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.fault.KernelConfig;
import org.mmrace.op.SetupFailedException;
import org.mmrace.script.Scenario;
import org.mmrace.script.Verdict;
import org.mmrace.stress.StressResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for an interleaving that breaks the invariant that a campaign saw broken: makes scenarios of the last
 * operations, and searches them under the scheduler, a few executions of each, then more, until one shows it or the time
 * is over. Runs on the thread that calls it.
 */
public final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    /** Executions of each candidate in the first round; a later one has so many times as many. */
    private static final int FIRST_ROUND = 4;

    private static final int GROWTH = 4;

    /** Executions between two looks at the clock. */
    private static final int CHUNK = 32;

    private final StressResult result;
    private final String invariant;
    private final Duration budget;
    private volatile boolean interrupted;
    private long executions;
    private int tried;

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

    /** A candidate that can run, and what is left to do with it. */
    private record Open(Candidate candidate, Search search) {}

    /** Searches; says what was found, or what was tried. */
    public HandoverResult run() {
        long start = System.nanoTime();
        HandoverResult.Reproduced found = null;
        try (TaskPool pool = new TaskPool()) {
            List<Open> open = new ArrayList<>();
            Set<Scenario> seen = new HashSet<>();
            for (Candidate candidate : Candidates.of(result)) {
                if (found != null || isOver(start)) {
                    break;
                }
                Candidate settled = settle(candidate);
                if (settled != null && seen.add(settled.scenario())) {
                    tried++;
                    Search search = search(settled.scenario(), pool);
                    open.add(new Open(settled, search));
                    found = look(open.get(open.size() - 1), pool, FIRST_ROUND, true, start);
                }
            }
            for (long round = (long) FIRST_ROUND * GROWTH; found == null && !isOver(start) && !open.isEmpty(); ) {
                for (Open one : List.copyOf(open)) {
                    if (found == null && !isOver(start)) {
                        found = look(one, pool, round, false, start);
                    }
                }
                round *= GROWTH;
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new HandoverResult(invariant, tried, executions, took, interrupted, found);
    }

    private boolean isOver(long start) {
        return interrupted || System.nanoTime() - start > budget.toNanos();
    }

    private Search search(Scenario scenario, TaskPool pool) {
        return new Search(scenario, scenario.config(true), pool, this::isShown);
    }

    private boolean isShown(Verdict verdict) {
        return verdict.showsOneOf(List.of(invariant));
    }

    private @Nullable Candidate settle(Candidate candidate) {
        Scenario scenario = candidate.scenario();
        try {
            return new Candidate(SetupTrial.settle(scenario, scenario.config(true)), candidate.workers());
        } catch (SetupFailedException | IllegalStateException e) {
            LOG.debug("{} cannot be declared", scenario, e);
            return null;
        }
    }

    /** Runs one candidate {@code most} times more. */
    private HandoverResult.@Nullable Reproduced look(Open open, TaskPool pool, long most, boolean first, long start) {
        Search search = open.search();
        long before = search.executions();
        Optional<Search.Found> found = Optional.empty();
        try {
            for (long done = 0; done < most && found.isEmpty() && !isOver(start); done += CHUNK) {
                long seed = result.config().seed() + search.executions();
                long runs = Math.min(CHUNK, most - done);
                found = first ? search.run(seed, runs) : search.runRandom(seed, runs);
            }
        } catch (IllegalStateException e) {
            LOG.debug("the model fails in {}", open.candidate().scenario(), e);
        }
        executions += search.executions() - before;
        return found.filter(run -> isTheFaults(open.candidate().scenario(), run, pool))
                .map(run -> new HandoverResult.Reproduced(
                        open.candidate().scenario(),
                        open.candidate().workers(),
                        run.way(),
                        run.run().ending().schedule(),
                        run.run().verdict().violations().stream()
                                .filter(violation ->
                                        violation.invariant().name().equals(invariant))
                                .findFirst()
                                .orElseThrow()))
                .orElse(null);
    }

    /** What a kernel without the fault shows as well is no find but a scenario that asks for too much. */
    private boolean isTheFaults(Scenario scenario, Search.Found found, TaskPool pool) {
        if (scenario.fault() == null) {
            return true;
        }
        KernelConfig without = scenario.config(false);
        Replay replay = new Replay(found.run().ending().schedule());
        try {
            executions++;
            return !isShown(pool.drive(() -> ControlledRun.of(scenario, without, pool, replay))
                    .verdict());
        } catch (DivergedException | SetupFailedException e) {
            LOG.debug("the correct kernel goes another way", e);
            return true;
        }
    }
}
