package org.mmrace.lincheck;

import org.mmrace.fault.Series;

/**
 * {@link MemorySpecification} of one page as Lincheck's own verifier wants it: a method per operation, one point each.
 */
public abstract class StrictSinglePage extends MemorySpecification {
    StrictSinglePage(Backing backing, Series series) {
        super(backing, series, 1);
    }

    /** All points of insertOrdinary at once. */
    public final String insertOrdinary(int thread) {
        return run("insertOrdinary", thread);
    }

    /** All points of insertZero at once. */
    public final String insertZero(int thread) {
        return run("insertZero", thread);
    }

    /** All points of zap at once. */
    public final String zap(int thread) {
        return run("zap", thread);
    }

    /** All points of get at once. */
    public final String get(int thread) {
        return run("get", thread);
    }

    /** All points of pin at once. */
    public final String pin(int thread) {
        return run("pin", thread);
    }

    /** All points of readFault at once. */
    public final String readFault(int thread) {
        return run("readFault", thread);
    }

    /** All points of mprotectNone at once. */
    public final String mprotectNone(int thread) {
        return run("mprotectNone", thread);
    }

    /** All points of mprotectRead at once. */
    public final String mprotectRead(int thread) {
        return run("mprotectRead", thread);
    }

    /** All points of mprotectReadWrite at once. */
    public final String mprotectReadWrite(int thread) {
        return run("mprotectReadWrite", thread);
    }

    /** All points of load at once. */
    public final String load(int thread) {
        return run("load", thread);
    }

    /** All points of store at once. */
    public final String store(int thread) {
        return run("store", thread);
    }

    /** All points of writeFault at once. */
    public final String writeFault(int thread) {
        return run("writeFault", thread);
    }

    /** All points of pinLongterm at once. */
    public final String pinLongterm(int thread) {
        return run("pinLongterm", thread);
    }
}
