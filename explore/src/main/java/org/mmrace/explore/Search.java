package org.mmrace.explore;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;
import org.mmrace.script.Verdict;

/**
 * Looks for a run of a scenario that shows something, the simplest first: one task after the other; the interleaving
 * that the scenario brings; then random walks.
 */
public final class Search {
    /** How a run is scheduled. */
    public enum Way {
        /** One task after the other. */
        IN_ORDER("one after another"),
        /** As the scenario's {@code interleave} says. */
        SCRIPTED("scripted"),
        /** By {@link RandomWalk}. */
        RANDOM_WALK("random walk");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * What was found.
     *
     * @param way how the run was scheduled
     * @param executions how many runs that way took, this one included
     * @param run the run
     */
    public record Found(Way way, long executions, ControlledRun run) {}

    private final Scenario scenario;
    private final KernelConfig config;
    private final TaskPool pool;
    private final Predicate<Verdict> wanted;
    private long executions;

    /**
     * A search.
     *
     * @param config the kernel, such as {@link Scenario#config}
     * @param wanted what is looked for
     */
    public Search(Scenario scenario, KernelConfig config, TaskPool pool, Predicate<Verdict> wanted) {
        this.scenario = scenario;
        this.config = config;
        this.pool = pool;
        this.wanted = wanted;
    }

    /** How many runs there have been. */
    public long executions() {
        return executions;
    }

    /**
     * Looks in all ways.
     *
     * @param seed decides the random walks
     * @param walksMax how many random walks there may be
     * @return the first run that shows what is wanted, if one does
     * @throws DivergedException when the scenario's interleaving cannot be followed
     */
    public Optional<Found> run(long seed, long walksMax) {
        return pool.drive(() -> Optional.ofNullable(searchAll(seed, walksMax)));
    }

    /** Looks among random walks only; as {@link #run}. */
    public Optional<Found> walk(long seed, long walksMax) {
        return pool.drive(() -> Optional.ofNullable(search(Way.RANDOM_WALK, new RandomWalk(seed), walksMax)));
    }

    private @Nullable Found searchAll(long seed, long walksMax) {
        Found found = search(Way.IN_ORDER, new OneAfterAnother(), 1);
        if (found == null && !scenario.interleaving().isEmpty()) {
            found = search(Way.SCRIPTED, new ScriptedInterleaving(scenario.interleaving()), 1);
        }
        return found == null ? search(Way.RANDOM_WALK, new RandomWalk(seed), walksMax) : found;
    }

    private @Nullable Found search(Way way, Strategy strategy, long most) {
        for (long n = 1; n <= most; n++) {
            executions++;
            ControlledRun run = ControlledRun.of(scenario, config, pool, strategy);
            if (wanted.test(run.verdict())) {
                return new Found(way, n, run);
            }
        }
        return null;
    }
}
