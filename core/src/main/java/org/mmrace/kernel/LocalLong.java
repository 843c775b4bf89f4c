package org.mmrace.kernel;

/** A 64-bit variable on one task's stack; see {@link Local}. */
public final class LocalLong {
    private long value;

    /** A variable that holds {@code initial}. */
    public LocalLong(long initial) {
        value = initial;
    }

    /** Its value. */
    public long get() {
        return value;
    }

    /** Sets its value. */
    public void set(long value) {
        this.value = value;
    }

    /** Adds {@code delta} and gives the sum. */
    public long add(long delta) {
        value += delta;
        return value;
    }
}
