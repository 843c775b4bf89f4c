package org.mmrace.lincheck;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.mmrace.fault.KernelConfig;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.VmFlags;

/** Two pages in two page tables: operations on either, and on both. */
@Param(name = AbstractMmLincheckTest.THREAD, gen = ThreadIdGen.class)
@Param(name = RangeOperations.PAGE, gen = IntGen.class, conf = "0:1")
public abstract class RangeOperations extends AbstractMmLincheckTest {
    /** Name of the parameter that is the page. */
    static final String PAGE = "page";

    RangeOperations(KernelConfig config, Backing backing) {
        super(config, backing, 2);
    }

    /** {@code vm_insert_page()} of the driver's page. */
    @Operation
    public final String insertOrdinary(@Param(name = PAGE) int page, @Param(name = THREAD) int thread) {
        return insertDriver(page, thread);
    }

    /** {@code vm_insert_pages()} of both. */
    @Operation
    public final String insertPages(@Param(name = THREAD) int thread) {
        return insertAll(thread);
    }

    /** {@code madvise(MADV_DONTNEED)} of one page. */
    @Operation
    public final String zap(@Param(name = PAGE) int page, @Param(name = THREAD) int thread) {
        return dontneed(page, thread);
    }

    /** {@code madvise(MADV_DONTNEED)} of both. */
    @Operation
    public final String zapRange(@Param(name = THREAD) int thread) {
        return dontneedAll(thread);
    }

    /** {@code munmap()} of both; nothing maps them again. */
    @Operation
    public final String munmap(@Param(name = THREAD) int thread) {
        return munmapAll(thread);
    }

    /** {@code mprotect(PROT_READ)} of both. */
    @Operation
    public final String mprotectRead(@Param(name = THREAD) int thread) {
        return mprotectAll(VmFlags.READ, thread);
    }

    /** {@code mprotect(PROT_READ | PROT_WRITE)} of both. */
    @Operation
    public final String mprotectReadWrite(@Param(name = THREAD) int thread) {
        return mprotectAll(VmFlags.READ | VmFlags.WRITE, thread);
    }

    /** {@code get_user_pages_fast()} of one page. */
    @Operation
    public final String get(@Param(name = PAGE) int page, @Param(name = THREAD) int thread) {
        return gup(page, 1, GupFlags.GET, thread);
    }

    /** {@code get_user_pages_fast()} of both. */
    @Operation
    public final String getRange(@Param(name = THREAD) int thread) {
        return gup(0, 2, GupFlags.GET, thread);
    }

    /** A load. */
    @Operation
    public final String load(@Param(name = PAGE) int page, @Param(name = THREAD) int thread) {
        return loadAt(page, thread);
    }

    /** A store of the number of the thread. */
    @Operation
    public final String store(@Param(name = PAGE) int page, @Param(name = THREAD) int thread) {
        return storeAt(page, thread);
    }
}
