package org.mmrace.lincheck;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.mmrace.fault.KernelConfig;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.VmFlags;

/** What happens to one page-table entry, without what CPUs do through their TLBs: each operation is one point. */
public abstract class EntryOperations extends AbstractMmLincheckTest {
    EntryOperations(KernelConfig config, Backing backing) {
        super(config, backing, 1);
    }

    /** {@code vm_insert_page()} of the driver's page. */
    @Operation
    public final String insertOrdinary(@Param(name = THREAD) int thread) {
        return insertDriver(0, thread);
    }

    /** {@code vm_insert_page()} of the zeropage. */
    @Operation
    public final String insertZero(@Param(name = THREAD) int thread) {
        return insertZeropage(0, thread);
    }

    /** {@code madvise(MADV_DONTNEED)}. */
    @Operation
    public final String zap(@Param(name = THREAD) int thread) {
        return dontneed(0, thread);
    }

    /** {@code get_user_pages_fast(FOLL_GET)}, then {@code put_page()}. */
    @Operation
    public final String get(@Param(name = THREAD) int thread) {
        return gup(0, 1, GupFlags.GET, thread);
    }

    /** {@code pin_user_pages_fast()}, then {@code unpin_user_page()}. */
    @Operation
    public final String pin(@Param(name = THREAD) int thread) {
        return gup(0, 1, GupFlags.PIN, thread);
    }

    /** A page fault by a load. */
    @Operation
    public final String readFault(@Param(name = THREAD) int thread) {
        return fault(0, false, thread);
    }

    /** {@code mprotect(PROT_NONE)}. */
    @Operation
    public final String mprotectNone(@Param(name = THREAD) int thread) {
        return mprotectAll(0, thread);
    }

    /** {@code mprotect(PROT_READ)}. */
    @Operation
    public final String mprotectRead(@Param(name = THREAD) int thread) {
        return mprotectAll(VmFlags.READ, thread);
    }

    /** {@code mprotect(PROT_READ | PROT_WRITE)}. */
    @Operation
    public final String mprotectReadWrite(@Param(name = THREAD) int thread) {
        return mprotectAll(VmFlags.READ | VmFlags.WRITE, thread);
    }
}
