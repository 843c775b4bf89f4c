package org.mmrace.lincheck;

import org.mmrace.fault.Series;

/** {@link MemorySpecification} of two pages as Lincheck's own verifier wants it: each operation at one instant. */
public abstract class StrictTwoPages extends MemorySpecification {
    StrictTwoPages(Backing backing, Series series) {
        super(backing, series, 2);
    }

    /** All points of insertOrdinary at once. */
    public final String insertOrdinary(int page, int thread) {
        return run("insertOrdinary", page, thread);
    }

    /** All points of insertPages at once. */
    public final String insertPages(int thread) {
        return run("insertPages", thread);
    }

    /** All points of zap at once. */
    public final String zap(int page, int thread) {
        return run("zap", page, thread);
    }

    /** All points of zapRange at once. */
    public final String zapRange(int thread) {
        return run("zapRange", thread);
    }

    /** All points of munmap at once. */
    public final String munmap(int thread) {
        return run("munmap", thread);
    }

    /** All points of mprotectRead at once. */
    public final String mprotectRead(int thread) {
        return run("mprotectRead", thread);
    }

    /** All points of mprotectReadWrite at once. */
    public final String mprotectReadWrite(int thread) {
        return run("mprotectReadWrite", thread);
    }

    /** All points of get at once. */
    public final String get(int page, int thread) {
        return run("get", page, thread);
    }

    /** All points of getRange at once. */
    public final String getRange(int thread) {
        return run("getRange", thread);
    }

    /** All points of load at once. */
    public final String load(int page, int thread) {
        return run("load", page, thread);
    }

    /** All points of store at once. */
    public final String store(int page, int thread) {
        return run("store", page, thread);
    }
}
