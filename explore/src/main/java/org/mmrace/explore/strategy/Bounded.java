package org.mmrace.explore.strategy;

import org.mmrace.explore.Strategy;

/** A search that ends, and may have left out what takes too many preemptions. */
interface Bounded extends Strategy {
    /** How many preemptions the execution had, or has had so far. */
    int preemptions();

    /** Whether there is something that this search does not show, because it takes more preemptions than it may. */
    boolean refused();

    /** How many executions it cut off before their end, so that something may be missing. */
    long cut();
}
