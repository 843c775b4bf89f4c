package org.mmrace.lincheck;

import org.jetbrains.lincheck.datastructures.Operation;

/** A counter that loses increments: what a checker that works must find. */
public final class RacyCounter {
    private int count;

    /** Called by Lincheck. */
    public RacyCounter() {
        Invocations.began();
    }

    /** One more; gives the new count. */
    @Operation
    public int increment() {
        return ++count;
    }

    /** The count. */
    @Operation
    public int get() {
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RacyCounter that && that.count == count;
    }

    @Override
    public int hashCode() {
        return count;
    }
}
