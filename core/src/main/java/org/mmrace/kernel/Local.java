package org.mmrace.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A variable on one task's stack that several functions of the model share, such as a field of {@code struct vm_fault}.
 * Never visible to another task, so never a scheduling point.
 *
 * @param <T> the type of its value
 */
public final class Local<T> {
    private @Nullable T value;

    /** A variable that holds {@code initial}. */
    public Local(@Nullable T initial) {
        value = initial;
    }

    /** Its value, or null. */
    public @Nullable T get() {
        return value;
    }

    /** Sets its value. */
    public void set(@Nullable T value) {
        this.value = value;
    }
}
