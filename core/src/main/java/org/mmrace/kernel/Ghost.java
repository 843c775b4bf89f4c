package org.mmrace.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A counter that exists for the checks alone: no kernel has it, the model never decides by it, and reading or changing
 * it is no scheduling point. Atomic, because tasks on real threads share it; one object: every page has several.
 */
public final class Ghost {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Ghost.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long value;

    /** A counter that holds 0. */
    public Ghost() {}

    /** Adds {@code delta} and gives the sum. */
    public long add(long delta) {
        return (long) VALUE.getAndAdd(this, delta) + delta;
    }

    /** Its value. */
    public long get() {
        return value;
    }

    /** Sets its value. */
    public void set(long newValue) {
        value = newValue;
    }
}
