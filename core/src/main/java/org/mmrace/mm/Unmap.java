package org.mmrace.mm;

import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code try_to_unmap()} (mm/rmap.c): takes a page from everybody who maps it, for reclaim. */
final class Unmap {
    private final Platform platform;
    private final Kernel kernel;
    private final Rmap rmap;
    private final RmapWalk rmapWalk;

    Unmap(Platform platform, Rmap rmap, RmapWalk rmapWalk) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.rmap = rmap;
        this.rmapWalk = rmapWalk;
    }

    /**
     * {@code try_to_unmap(TTU_BATCH_FLUSH)}: folio locked, with a reference of the caller; the flushes go to
     * {@code batch}. The mapcount tells whether it succeeded.
     */
    void tryToUnmap(Task task, Page page, TlbUnmapBatch batch) {
        rmapWalk.walk(task, page, (vma, table, addr, pte) -> tryToUnmapOne(task, page, vma, table, addr, batch));
    }

    /** {@code try_to_unmap_one()}: PTL held; whether the walk goes on. */
    private boolean tryToUnmapOne(Task task, Page page, Vma vma, PageTable table, long addr, TlbUnmapBatch batch) {
        Folios folios = platform.folios;
        if ((vma.flagsOnce(kernel) & VmFlags.LOCKED) != 0) {
            return false;
        }
        Mm mm = vma.mm();
        boolean lazyfree = folios.isAnon(page);
        boolean unusedBefore = onlyMapped(page);
        long since = mm.revocations().add(1);
        long pte = platform.tables.ptepGetAndClear(task, vma, table, addr);
        batch.setFlushPending(mm, addr, pte, since);
        if (Pte.isDirty(pte)) {
            folios.set(page, Page.DIRTY);
        }
        if (lazyfree) {
            kernel.smpMb(); // pairs with GUP-fast, which takes its reference before it looks at the entry again
            boolean unused = onlyMapped(page);
            boolean discard = platform.config.has(Fault.B37) ? unusedBefore : unused;
            if (!discard || folios.isDirty(page)) {
                platform.tables.restorePteAt(task, vma, table, addr, pte);
                folios.set(page, Page.SWAPBACKED);
                return false;
            }
            platform.monitor.discarding(task, page, unused);
        }
        platform.tables.removed(task, vma, table, addr, pte, true);
        mm.rss().add(folios.counter(page), -1);
        rmap.removeRmap(task, page);
        folios.put(task, page, RefKind.MAP);
        return true;
    }

    /** Whether the only references are the caller's and those of the mappings. */
    private boolean onlyMapped(Page page) {
        return platform.folios.refCount(page) == 1 + platform.folios.mapcount(page);
    }
}
