package org.mmrace.explore.scenario;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;
import org.mmrace.script.Verdict;

/**
 * Looks for a run of a scenario that shows something, the simplest first: one task after the other; the interleaving
 * that the scenario brings; then a {@link Portfolio}.
 */
public final class Search {
    /**
     * What was found.
     *
     * @param way the strategy that found it
     * @param executions how many runs that way took, this one included
     * @param run the run
     */
    public record Found(String way, long executions, ControlledRun run) {}

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
     * @param seed decides what is random
     * @param randomMax how many runs of the portfolio there may be
     * @return the first run that shows what is wanted, if one does
     * @throws DivergedException when the scenario's interleaving cannot be followed
     */
    public Optional<Found> run(long seed, long randomMax) {
        return pool.drive(() -> Optional.ofNullable(searchAll(seed, randomMax)));
    }

    /** Looks with the portfolio only; as {@link #run}. */
    public Optional<Found> runRandom(long seed, long randomMax) {
        return pool.drive(() -> Optional.ofNullable(search(Portfolio.forBugs(seed), randomMax)));
    }

    private @Nullable Found searchAll(long seed, long randomMax) {
        Found found = search(new OneAfterAnother(), 1);
        if (found == null && !scenario.interleaving().isEmpty()) {
            found = search(new ScriptedInterleaving(scenario.interleaving()), 1);
        }
        return found == null ? search(Portfolio.forBugs(seed), randomMax) : found;
    }

    private @Nullable Found search(Strategy strategy, long most) {
        for (long n = 1; n <= most; n++) {
            executions++;
            ControlledRun run = ControlledRun.of(scenario, config, pool, strategy);
            if (wanted.test(run.verdict())) {
                String way = String.valueOf(strategy instanceof Portfolio several ? several.current() : strategy);
                return new Found(way, n, run);
            }
        }
        return null;
    }
}
