package org.mmrace.matrix;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.mmrace.statistics.KaplanMeier;
import org.mmrace.statistics.Observation;

/**
 * What the trials of one checker at one fault say together.
 *
 * @param wanted how many there must be at least for the cell to be measured; 0 where the checker cannot look for the
 *     fault
 * @param trials all with the fault, or all without it
 */
public record Cell(int wanted, List<Trial> trials) {
    /** Copies the list. */
    public Cell {
        trials = List.copyOf(trials);
    }

    /** Whether nothing is missing. */
    public boolean measured() {
        return trials.size() >= wanted;
    }

    /** How many found something. */
    public int caught() {
        return (int) trials.stream().filter(Trial::caught).count();
    }

    /** Whether any trial found the fault by an invariant that the catalogue names. */
    public boolean caughtAsNamed() {
        return trials.stream().anyMatch(Trial::caughtAsNamed);
    }

    /** What found it first, over all trials, each once. */
    public List<String> caughtBy() {
        return trials.stream()
                .filter(Trial::caught)
                .map(trial -> trial.caughtBy().get(0))
                .distinct()
                .toList();
    }

    /** The times until it was found, in nanoseconds, of which those of trials that found nothing are censored. */
    public KaplanMeier times() {
        return KaplanMeier.of(observations(trial -> trial.time().toNanos()));
    }

    /** The runs until it was found, of which those of trials that found nothing are censored. */
    public KaplanMeier runCounts() {
        return KaplanMeier.of(runObservations());
    }

    /** The same, one by one. */
    List<Observation> runObservations() {
        return observations(Trial::runs);
    }

    private List<Observation> observations(ToDoubleFunction<Trial> length) {
        return trials.stream()
                .map(trial -> new Observation(length.applyAsDouble(trial), trial.caught()))
                .toList();
    }

    /**
     * The median time to find it; a trial that found nothing took longer than it looked, so the median is known only if
     * half of them or more found something.
     *
     * @return null when it is not known
     */
    public @Nullable Duration medianTime() {
        OptionalDouble median = trials.isEmpty() ? OptionalDouble.empty() : times().median();
        return median.isPresent() ? Duration.ofNanos(Math.round(median.getAsDouble())) : null;
    }

    /**
     * The median of the runs that it took.
     *
     * @return -1 when it is not known, as {@link #medianTime}
     */
    public long medianRuns() {
        OptionalDouble median =
                trials.isEmpty() ? OptionalDouble.empty() : runCounts().median();
        return median.isPresent() ? Math.round(median.getAsDouble()) : -1;
    }

    /** How long all trials looked, together. */
    public Duration time() {
        return trials.stream().map(Trial::time).reduce(Duration.ZERO, Duration::plus);
    }

    /** How many runs all trials made, together. */
    public long runs() {
        return trials.stream().mapToLong(Trial::runs).sum();
    }
}
