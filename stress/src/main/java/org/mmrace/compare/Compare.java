package org.mmrace.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.fault.Fault;
import org.mmrace.matrix.FaultScenarios;
import org.mmrace.matrix.StrategyChecker;
import org.mmrace.matrix.Trial;
import org.mmrace.matrix.TrialLog;

/**
 * Measures. At each fault the strategies take turns, seed by seed, and another one begins each time, after executions
 * that do not count: whatever the machine and its compiler do meanwhile, they do to all of them. What an earlier run
 * has measured is not measured again.
 */
public final class Compare {
    private static final Duration NO_LIMIT = Duration.ofDays(365);

    /** Executions of each strategy at each fault that do not count: the compiler has seen the scenario then. */
    private static final long WARM_UP = 20;

    private static final long WARM_UP_SEED = 0;

    private final CompareConfig config;
    private final FaultScenarios scenarios;
    private final List<StrategyChecker> checkers;
    private volatile boolean interrupted;

    /** Hears how it goes on. */
    @FunctionalInterface
    public interface Listener {
        /** Hears nothing. */
        Listener NONE = (trial, done, total) -> {};

        /** {@code trial} has ended; it was the {@code done}-th of {@code total}. */
        void tried(Trial trial, int done, int total);
    }

    /** A comparison; it measures nothing before {@link #run}. */
    public Compare(CompareConfig config, FaultScenarios scenarios) {
        this.config = config;
        this.scenarios = scenarios;
        this.checkers = config.strategies().stream()
                .map(name -> new StrategyChecker(scenarios, StrategyName.parse(name), config.executionsMax()))
                .toList();
    }

    /** Ends it soon; what was measured stays. Any thread may call this. */
    public void interrupt() {
        interrupted = true;
        checkers.forEach(StrategyChecker::interrupt);
    }

    /** Whether it was told to end. */
    public boolean interrupted() {
        return interrupted;
    }

    /** One attempt. */
    private record Place(Fault fault, StrategyChecker checker, long seed) {
        String key() {
            return key(fault, checker.name(), checker.seeded() ? seed : 0);
        }

        static String key(Fault fault, String strategy, long seed) {
            return fault + " " + strategy + " " + seed;
        }
    }

    /**
     * Measures what is missing.
     *
     * @throws IllegalArgumentException when the directory holds another comparison
     * @throws IOException when files cannot be written or read
     */
    public CompareTable run(Listener listener) throws IOException {
        try (TrialLog log = TrialLog.open(config.log(), config.header())) {
            Set<String> known = new HashSet<>();
            log.trials().forEach(trial -> known.add(Place.key(trial.fault(), trial.checker(), trial.seed())));
            List<Place> places = places();
            int done = 0;
            Fault warm = null;
            for (Place place : places) {
                done++;
                if (interrupted || known.contains(place.key())) {
                    continue;
                }
                if (place.fault() != warm) {
                    warm = place.fault();
                    warmUp(warm);
                }
                Optional<Trial> trial = place.checker().attempt(place.fault(), true, place.seed(), NO_LIMIT);
                if (trial.isPresent()) {
                    log.add(trial.get());
                    listener.tried(trial.get(), done, places.size());
                }
            }
            return CompareTable.of(config, log.trials());
        }
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (Fault fault : config.faults()) {
            for (int seed = 1; seed <= config.seeds(); seed++) {
                for (int i = 0; i < checkers.size(); i++) {
                    StrategyChecker checker = checkers.get((i + seed) % checkers.size());
                    if (checker.covers(fault) && seed <= config.attempts(checker.name())) {
                        places.add(new Place(fault, checker, seed));
                    }
                }
            }
        }
        return places;
    }

    private void warmUp(Fault fault) {
        for (String name : config.strategies()) {
            new StrategyChecker(scenarios, StrategyName.parse(name), WARM_UP)
                    .attempt(fault, false, WARM_UP_SEED, NO_LIMIT);
        }
    }
}
