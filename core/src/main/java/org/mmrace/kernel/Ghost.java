package org.mmrace.kernel;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A counter that exists for the checks alone: no kernel has it, the model never decides by it, and reading or changing
 * it is no scheduling point. Atomic, because tasks on real threads share it.
 */
public final class Ghost {
    private final AtomicLong value = new AtomicLong();

    /** A counter that holds 0. */
    public Ghost() {}

    /** Adds {@code delta} and gives the sum. */
    public long add(long delta) {
        return value.addAndGet(delta);
    }

    /** Its value. */
    public long get() {
        return value.get();
    }

    /** Sets its value. */
    public void set(long newValue) {
        value.set(newValue);
    }
}
