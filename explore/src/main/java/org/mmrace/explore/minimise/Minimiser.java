package org.mmrace.explore.minimise;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Attempts.Hit;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;

/**
 * Makes failing runs small. First the program: operations and then tasks are left out one by one, and the failure is
 * looked for again in what is left, because the old schedule means little there. Then the schedule: see
 * {@link FewerPreemptions}. What counts is that the same {@link Symptom} shows. The same input gives the same result.
 */
public final class Minimiser {
    /** How many runs are enough for scenarios: some seconds. */
    public static final long EXECUTIONS = 6_000;

    private static final int BOUND_MAX = 2;
    private static final long BOUNDED_SEARCH = 300;
    private static final long RANDOM_SEARCH = 160;
    private static final long SEED = 1;

    private final TaskPool pool;
    private final long executionsMax;

    /**
     * A minimiser.
     *
     * @param executionsMax how many runs it may make for one failure; {@link #EXECUTIONS} is a good number
     */
    public Minimiser(TaskPool pool, long executionsMax) {
        this.pool = pool;
        this.executionsMax = executionsMax;
    }

    /**
     * Makes the run of {@code scenario} with {@code found} small; call it within {@link TaskPool#drive}.
     *
     * @throws IllegalArgumentException when that run does not show {@code symptom}
     */
    public Minimised minimise(Scenario scenario, KernelConfig config, Schedule found, Symptom symptom) {
        Attempts attempts = new Attempts(pool, config, symptom, executionsMax);
        Hit first = attempts.search(scenario, Replay.ofPrefix(found), 1).hit();
        if (first == null) {
            throw new IllegalArgumentException(
                    "the run of " + scenario + " with schedule " + found + " does not show " + symptom);
        }
        Minimised.Before before = new Minimised.Before(
                scenario.tasks().size(),
                Minimised.operations(scenario),
                Minimised.around(scenario),
                first.preemptions(),
                first.run().ending().steps());
        Scenario small = scenario;
        Hit hit = first;
        boolean smaller = !symptom.isAboutResults();
        attempts.allow(executionsMax / 2);
        while (smaller) {
            Found next = smaller(attempts, small, hit);
            smaller = next != null;
            if (next != null) {
                small = next.scenario();
                hit = next.hit();
            }
        }
        attempts.allow(executionsMax);
        FewerPreemptions fewer = new FewerPreemptions(attempts, small, hit);
        Hit least = fewer.run();
        return new Minimised(
                small,
                config,
                least.run(),
                least.preemptions(),
                least.run().ending().steps(),
                fewer.isMinimal(),
                before,
                attempts.made());
    }

    /** A smaller program that fails so, and how. */
    private record Found(Scenario scenario, Hit hit) {}

    private @Nullable Found smaller(Attempts attempts, Scenario scenario, Hit hit) {
        List<Reductions.Smaller> candidates = Reductions.of(scenario);
        for (Reductions.Smaller candidate : candidates) {
            Outline outline =
                    candidate.task() < 0 ? hit.outline() : hit.outline().withoutTask(candidate.task());
            Hit again = again(attempts, candidate.scenario(), outline);
            if (again != null) {
                return new Found(candidate.scenario(), again);
            }
        }
        return null;
    }

    /** Cheapest first: the old switches where they still make sense, few preemptions, and then anything. */
    private static @Nullable Hit again(Attempts attempts, Scenario scenario, Outline outline) {
        Hit hit = attempts.follow(scenario, outline);
        if (scenario.tasks().size() == 1) {
            return hit;
        }
        for (int bound = 0; bound <= BOUND_MAX && hit == null; bound++) {
            hit = attempts.search(scenario, DepthFirst.withPreemptions(bound), BOUNDED_SEARCH)
                    .hit();
        }
        return hit == null
                ? attempts.search(scenario, Portfolio.forBugs(SEED), RANDOM_SEARCH)
                        .hit()
                : hit;
    }
}
