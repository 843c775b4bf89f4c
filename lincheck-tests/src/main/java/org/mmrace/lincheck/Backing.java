package org.mmrace.lincheck;

import org.mmrace.fault.Series;
import org.mmrace.mm.VmFlags;

/** What kind of driver mapping a test is about; it decides whether the zeropage may be there, and who may write. */
enum Backing {
    /** MAP_PRIVATE, readable and writable: copy-on-write. */
    PRIVATE(false, VmFlags.READ | VmFlags.WRITE, 0),
    /** MAP_SHARED and never writable, as the ring buffer of tracing. */
    RING_BUFFER(true, VmFlags.READ, VmFlags.MAYWRITE),
    /** MAP_SHARED, readable and writable, without write-notify. */
    SHARED_WRITABLE(true, VmFlags.READ | VmFlags.WRITE, 0);

    private final boolean shared;
    private final long prot;
    private final long cleared;

    Backing(boolean shared, long prot, long cleared) {
        this.shared = shared;
        this.prot = prot;
        this.cleared = cleared;
    }

    /** MAP_SHARED. */
    boolean shared() {
        return shared;
    }

    /** What mmap(2) is asked for. */
    long prot() {
        return prot;
    }

    /** Flags that the driver's mmap hook clears. */
    long cleared() {
        return cleared;
    }

    /** {@code vm_mixed_zeropage_allowed()}, or for BEFORE that nobody asks. */
    boolean allowsZeropage(Series series) {
        return switch (this) {
            case PRIVATE -> true;
            case RING_BUFFER -> series != Series.V1;
            case SHARED_WRITABLE -> series == Series.BEFORE;
        };
    }
}
