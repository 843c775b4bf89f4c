package org.mmrace.matrix;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * The median time to find it. A trial that found nothing counts as longer than all others, so that the median is
     * known only if more than half of them found something.
     *
     * @return null when it is not known
     */
    public @Nullable Duration medianTime() {
        List<Duration> times =
                trials.stream().filter(Trial::caught).map(Trial::time).sorted().toList();
        return middle() < times.size() ? times.get(middle()) : null;
    }

    /**
     * The median of the runs that it took.
     *
     * @return -1 when it is not known, as {@link #medianTime}
     */
    public long medianRuns() {
        List<Long> runs =
                trials.stream().filter(Trial::caught).map(Trial::runs).sorted().toList();
        return middle() < runs.size() ? runs.get(middle()) : -1;
    }

    private int middle() {
        return (trials.size() - 1) / 2;
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
