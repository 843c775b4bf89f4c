package org.mmrace.kernel;

import java.util.concurrent.atomic.AtomicLongArray;

/** A fixed number of ghost values; see {@link Ghost}. */
public final class GhostArray {
    private final AtomicLongArray values;

    /** {@code length} values of 0. */
    public GhostArray(int length) {
        values = new AtomicLongArray(length);
    }

    /** The value at {@code index}. */
    public long get(int index) {
        Ghost.touched(this, index, false);
        return values.get(index);
    }

    /** Sets the value at {@code index}. */
    public void set(int index, long value) {
        Ghost.touched(this, index, true);
        values.set(index, value);
    }
}
