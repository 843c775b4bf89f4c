package org.mmrace.statistics;

import java.util.List;

/**
 * How large a difference is: the probability that an attempt of the first group takes longer than one of the second,
 * ties counted half (A12; Vargha and Delaney, JEBS 25, 2000). Below one half the first group is the faster one.
 */
public final class VarghaDelaney {
    private VarghaDelaney() {}

    /**
     * Compares each attempt with each. A pair of which nobody knows who is first, because one or both gave up before,
     * is a tie (Gehan, Biometrika 52, 1965).
     *
     * @throws IllegalArgumentException when a group is empty
     */
    public static double a12(List<Observation> first, List<Observation> second) {
        if (first.isEmpty() || second.isEmpty()) {
            throw new IllegalArgumentException("a comparison needs two groups");
        }
        double longer = 0;
        for (Observation one : first) {
            for (Observation other : second) {
                longer += after(one, other) ? 1 : after(other, one) ? 0 : 0.5;
            }
        }
        return longer / ((double) first.size() * second.size());
    }

    /** Whether it is known that {@code late} is later: who gave up at that very time has found nothing until then. */
    private static boolean after(Observation late, Observation early) {
        return early.found() && (late.time() > early.time() || (late.time() == early.time() && !late.found()));
    }

    /** In a word: the thresholds of Vargha and Delaney (0.56, 0.64, 0.71). */
    public static String magnitude(double a12) {
        double distance = Math.abs(a12 - 0.5);
        if (distance < 0.06) {
            return "negligible";
        }
        return distance < 0.14 ? "small" : distance < 0.21 ? "medium" : "large";
    }
}
