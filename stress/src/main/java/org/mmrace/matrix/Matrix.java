package org.mmrace.matrix;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mmrace.fault.Fault;
import org.mmrace.verify.VerifyException;

/**
 * Measures who finds what. Every cell looks with the fault, with one seed after the other while its time lasts, and
 * once without it. What an earlier run with the same configuration has measured is not measured again.
 */
public final class Matrix {
    private static final Duration LEAST = Duration.ofMillis(1);

    private final MatrixConfig config;
    private final List<FaultChecker> checkers;
    private volatile boolean interrupted;

    /**
     * A matrix; it measures nothing before {@link #run}.
     *
     * @param checkers those that {@code config} names, in the order of the columns
     */
    public Matrix(MatrixConfig config, List<FaultChecker> checkers) {
        this.config = config;
        this.checkers = List.copyOf(checkers);
    }

    /** One cell, with or without the fault. */
    private record Place(Fault fault, FaultChecker checker, boolean on) {
        boolean holds(Trial trial) {
            return trial.fault() == fault && trial.on() == on && trial.checker().equals(checker.name());
        }
    }

    /** Ends it soon; what was measured stays. Any thread may call this. */
    public void interrupt() {
        interrupted = true;
        checkers.forEach(FaultChecker::interrupt);
    }

    /** Whether it was told to end. */
    public boolean interrupted() {
        return interrupted;
    }

    /**
     * Measures what is missing.
     *
     * @throws IllegalArgumentException when the directory holds another matrix
     * @throws VerifyException when a checker cannot be started
     * @throws IOException when files cannot be written or read
     */
    public MatrixTable run(MatrixListener listener) throws VerifyException, IOException {
        try (TrialLog log = TrialLog.open(config.log(), config.header())) {
            List<Place> places = places();
            for (int i = 0; i < places.size() && !interrupted; i++) {
                Place place = places.get(i);
                listener.looking(place.fault(), place.checker().name(), place.on(), i, places.size());
                measure(place, log, listener);
            }
            return MatrixTable.of(config, checkers, log.trials());
        }
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (Fault fault : config.faults()) {
            for (FaultChecker checker : checkers) {
                if (checker.covers(fault)) {
                    places.add(new Place(fault, checker, true));
                    places.add(new Place(fault, checker, false));
                }
            }
        }
        return places;
    }

    private void measure(Place place, TrialLog log, MatrixListener listener) throws VerifyException, IOException {
        List<Trial> before = log.trials().stream().filter(place::holds).toList();
        int seeds = config.attempts(place.checker(), place.on());
        Duration left = place.checker().isStrategy()
                ? config.time().dividedBy(config.attempts(place.checker(), true))
                : config.time();
        for (Trial trial : before) {
            left = left.minus(cost(place, trial));
        }
        for (int seed = before.size() + 1; seed <= seeds && !interrupted; seed++) {
            if (left.compareTo(LEAST) < 0) {
                return;
            }
            Optional<Trial> trial = place.checker().attempt(place.fault(), place.on(), seed, left);
            if (trial.isEmpty()) {
                return;
            }
            log.add(trial.get());
            listener.tried(trial.get());
            left = left.minus(cost(place, trial.get()));
        }
    }

    /** What an attempt takes from the time of the next ones. */
    private static Duration cost(Place place, Trial trial) {
        return place.checker().isStrategy() ? Duration.ZERO : trial.time();
    }
}
