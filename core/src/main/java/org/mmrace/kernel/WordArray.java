package org.mmrace.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A fixed number of shared 64-bit cells, such as the entries of a page table or the slots of a TLB. */
public final class WordArray {
    static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

    final long[] values;

    /** {@code length} cells that hold 0. */
    public WordArray(int length) {
        values = new long[length];
    }

    /** How many cells there are. */
    public int length() {
        return values.length;
    }
}
