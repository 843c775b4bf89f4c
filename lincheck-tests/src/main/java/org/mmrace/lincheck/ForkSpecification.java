package org.mmrace.lincheck;

import java.util.Arrays;

/** A register with snapshots; the rights to it; who has a pin, which is a second way to the register. */
public final class ForkSpecification {
    private static final long NO_CHILD = -1;

    private long value;
    private boolean writable = true;
    private final long[] children = new long[MachineUnderTest.THREAD_IDS];
    private final boolean[] pins = new boolean[MachineUnderTest.THREAD_IDS];

    /** Nothing has been stored, and there are no children. */
    public ForkSpecification() {
        Arrays.fill(children, NO_CHILD);
    }

    /** As the operation. */
    public String load(int thread) {
        return Long.toString(value);
    }

    /** As the operation. */
    public String store(int newValue, int thread) {
        if (!writable) {
            return "SIGSEGV";
        }
        value = newValue;
        return "0";
    }

    /** As the operation. */
    public String writeFault(int thread) {
        return writable ? "0" : "SIGSEGV";
    }

    /** As the operation. */
    public String fork(int thread) {
        if (children[thread] != NO_CHILD) {
            return "has one";
        }
        children[thread] = value;
        return "0";
    }

    /** As the operation. */
    public String childLoads(int thread) {
        return children[thread] == NO_CHILD ? "none" : Long.toString(children[thread]);
    }

    /** As the operation. */
    public String pin(int thread) {
        if (pins[thread]) {
            return "has one";
        }
        pins[thread] = writable;
        return writable ? "0" : "-EFAULT";
    }

    /** As the operation. */
    public String readPinned(int thread) {
        return pins[thread] ? Long.toString(value) : "none";
    }

    /** As the operation. */
    public String mprotectRead(int thread) {
        writable = false;
        return "0";
    }

    /** As the operation. */
    public String mprotectReadWrite(int thread) {
        writable = true;
        return "0";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ForkSpecification that
                && that.value == value
                && that.writable == writable
                && Arrays.equals(that.children, children)
                && Arrays.equals(that.pins, pins);
    }

    @Override
    public int hashCode() {
        int hash = 31 * Arrays.hashCode(children) + Arrays.hashCode(pins);
        return 31 * (31 * hash + Long.hashCode(value)) + (writable ? 1 : 0);
    }
}
