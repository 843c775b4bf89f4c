package org.mmrace.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

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

    /**
     * Plain, because it is set while one thread runs: a scheduler's, between two executions. Everywhere else it stays
     * null, and costs a load that the branch predictor knows.
     */
    private static @Nullable GhostWatch watch;

    private volatile long value;

    /** A counter that holds 0. */
    public Ghost() {}

    /** From now on {@code newWatch} sees every access to every ghost of this JVM; null: nobody does. */
    public static void watch(@Nullable GhostWatch newWatch) {
        watch = newWatch;
    }

    /**
     * Tells the one who watches, if somebody does. For checks that keep what they know in something else than ghosts:
     * called before each access, as {@link GhostWatch#touched}.
     *
     * @param ghost stands for what is accessed
     */
    public static void touched(Object ghost, int index, boolean writes) {
        GhostWatch watching = watch;
        if (watching != null) {
            watching.touched(ghost, index, writes);
        }
    }

    /** Adds {@code delta} and gives the sum. */
    public long add(long delta) {
        touched(this, 0, true);
        return (long) VALUE.getAndAdd(this, delta) + delta;
    }

    /** Its value. */
    public long get() {
        touched(this, 0, false);
        return value;
    }

    long value() {
        return value;
    }

    /** Sets its value. */
    public void set(long newValue) {
        touched(this, 0, true);
        value = newValue;
    }
}
