package org.mmrace.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A shared pointer that is published with {@code rcu_assign_pointer()} and read with {@code rcu_dereference()}.
 *
 * @param <T> what it points to; immutable, or made of cells
 */
public final class RcuPointer<T> {
    static final VarHandle TARGET;

    static {
        try {
            TARGET = MethodHandles.lookup().findVarHandle(RcuPointer.class, "target", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through TARGET
    @Nullable
    Object target;

    /** A pointer to {@code initial}. */
    public RcuPointer(@Nullable T initial) {
        TARGET.set(this, initial);
    }
}
