package org.mmrace.explore.trace;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A loop in a list of steps whose turns are alike, so that one of them says it all.
 *
 * @param steps how many are one turn
 * @param times how many turns there are
 */
public record Repetition(int steps, int times) {
    private static final int STEPS_MAX = 16;
    private static final int TIMES_MIN = 3;

    /**
     * The shortest loop of three turns or more that begins at {@code from}.
     *
     * @param alike whether the second step may stand for the first one, which is one turn later
     * @param matters whether one turn is worth to be looked for
     * @param <T> what a step is
     */
    public static <T> Optional<Repetition> at(
            List<T> all, int from, BiPredicate<T, T> alike, Predicate<List<T>> matters) {
        for (int steps = 1; steps <= STEPS_MAX && from + steps < all.size(); steps++) {
            int times = times(all, from, steps, alike);
            if (times >= TIMES_MIN && matters.test(all.subList(from, from + steps))) {
                return Optional.of(new Repetition(steps, times));
            }
        }
        return Optional.empty();
    }

    private static <T> int times(List<T> all, int from, int steps, BiPredicate<T, T> alike) {
        int at = from + steps;
        while (at < all.size() && alike.test(all.get(at), all.get(at - steps))) {
            at++;
        }
        return (at - from) / steps;
    }

    /** Where the steps behind it begin, if it begins at {@code from}. */
    public int end(int from) {
        return from + steps * times;
    }

    /** What stands for all turns but the one that is shown, such as {@code ".. x38 (3 steps)"}. */
    @Override
    public String toString() {
        return ".. x" + times + " (" + steps + (steps == 1 ? " step)" : " steps)");
    }
}
