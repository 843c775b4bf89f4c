package org.mmrace.lincheck;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.mmrace.fault.KernelConfig;
import org.mmrace.mm.GupFlags;

/** And what CPUs do through their TLBs, and operations that first change the entry and then look again. */
public abstract class AccessOperations extends EntryOperations {
    AccessOperations(KernelConfig config, Backing backing) {
        super(config, backing);
    }

    /** A load. */
    @Operation
    public final String load(@Param(name = THREAD) int thread) {
        return loadAt(0, thread);
    }

    /** A store of the number of the thread. */
    @Operation
    public final String store(@Param(name = THREAD) int thread) {
        return storeAt(0, thread);
    }

    /** A page fault by a store; 0 means "access again". */
    @Operation
    public final String writeFault(@Param(name = THREAD) int thread) {
        return fault(0, true, thread);
    }

    /** {@code pin_user_pages_fast(FOLL_LONGTERM)}, then {@code unpin_user_page()}. */
    @Operation
    public final String pinLongterm(@Param(name = THREAD) int thread) {
        return gup(0, 1, GupFlags.PIN | GupFlags.LONGTERM, thread);
    }
}
