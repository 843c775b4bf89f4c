package org.mmrace.explore.strategy;

import org.mmrace.explore.Strategy;
import org.mmrace.explore.VerdictText;

/** A search that ends, and may have left out what takes too many preemptions. */
interface Bounded extends Strategy {
    /** As a bound: any number of preemptions. */
    int ANY = Integer.MAX_VALUE;

    /** How many preemptions the execution had, or has had so far. */
    int preemptions();

    /** Whether there is something that this search does not show, because it takes more preemptions than it may. */
    boolean refused();

    /**
     * As {@link #proved(long)}, of {@code number} schedules, if it shows schedules.
     *
     * @param bounded whether something may take more preemptions than it may
     */
    String proved(long number, boolean bounded);

    /** What is to be added when {@code cut} executions were cut off. */
    static String but(long cut) {
        return cut == 0
                ? ""
                : ", but " + VerdictText.count(cut, "execution") + (cut == 1 ? " was" : " were") + " cut off";
    }
}
