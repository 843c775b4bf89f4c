package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code madvise(MADV_FREE)} and {@code madvise(MADV_PAGEOUT)} (mm/madvise.c): what a process gives to reclaim. */
public final class MadviseReclaim {
    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Zap zap;
    private final NormalPage normalPage;
    private final Reclaim reclaim;

    MadviseReclaim(Platform platform, TlbFlush tlbFlush, Zap zap, NormalPage normalPage, Reclaim reclaim) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.zap = zap;
        this.normalPage = normalPage;
        this.reclaim = reclaim;
    }

    /** What one call does with a VMA; 0 or a negative errno. */
    @FunctionalInterface
    private interface Visit {
        int vma(MmuGather gather, Vma vma, long start, long end);
    }

    /**
     * {@code MADV_FREE}: until they are written again, anonymous pages may be dropped.
     *
     * @return 0, -EINVAL for VMAs that are not anonymous, VM_LOCKED or VM_PFNMAP, -ENOMEM for a hole
     */
    public int free(Task task, Mm mm, long start, long length) {
        return eachVma(task, mm, start, length, (gather, vma, from, to) -> {
            if (!vma.isAnonymous(kernel)) {
                return -Errno.EINVAL;
            }
            walk(task, vma, from, to, null, gather);
            return 0;
        });
    }

    /**
     * {@code MADV_PAGEOUT}: pages that only this process maps are reclaimed now, if that needs no swap.
     *
     * @return 0, -EINVAL for VM_LOCKED and VM_PFNMAP VMAs, -ENOMEM for a hole
     */
    public int pageout(Task task, Mm mm, long start, long length) {
        return eachVma(task, mm, start, length, (gather, vma, from, to) -> {
            List<Page> isolated = new ArrayList<>();
            walk(task, vma, from, to, isolated, gather);
            reclaim.shrinkFolioList(task, isolated);
            return 0;
        });
    }

    /** {@code madvise_walk_vmas()} with mmap_lock held for reading. */
    private int eachVma(Task task, Mm mm, long start, long length, Visit visit) {
        long end = start + Address.pageAlign(length);
        if (!Address.isAligned(start) || end < start || end > platform.tables.taskSize()) {
            return -Errno.EINVAL;
        }
        kernel.downRead(task, mm.mmapLock);
        int error = 0;
        long at = start;
        for (Vma vma : mm.tree.overlapping(start, end)) {
            if (vma.start(kernel) > at) {
                error = -Errno.ENOMEM;
            }
            at = Math.min(end, vma.end(kernel));
            boolean refused = (vma.flags(kernel) & (VmFlags.PFNMAP | VmFlags.LOCKED)) != 0;
            MmuGather gather = zap.gather(task, mm);
            int result = refused ? -Errno.EINVAL : visit.vma(gather, vma, Math.max(start, vma.start(kernel)), at);
            gather.finish();
            if (result != 0) {
                kernel.upRead(task, mm.mmapLock);
                return result;
            }
        }
        kernel.upRead(task, mm.mmapLock);
        return at < end ? -Errno.ENOMEM : error;
    }

    /** The entries of one VMA: given up if {@code isolated} is null, else their pages are isolated into it. */
    private void walk(Task task, Vma vma, long start, long end, @Nullable List<Page> isolated, MmuGather gather) {
        for (long addr = start; addr < end; ) {
            long next = platform.tables.pmdAddrEnd(addr, end);
            PageTable pmd = platform.tables.pmdOffset(vma.mm(), addr);
            PageTable table = pmd == null ? null : platform.tables.pteOffsetMapLock(task, pmd, addr);
            if (table != null) {
                tlbFlush.flushBatchedPending(task, vma.mm());
                for (; addr < next; addr += Address.PAGE_SIZE) {
                    long pte = platform.tables.ptepGet(table, addr);
                    Page page = Pte.isPresent(pte) ? normalPage.vmNormalPage(task, vma, addr, pte) : null;
                    if (page != null && isolated == null) {
                        freePte(task, gather, vma, table, addr, page);
                    } else if (page != null && isolated != null && platform.folios.mapcount(page) == 1) {
                        isolatePage(task, page, isolated);
                    }
                }
                platform.tables.pteUnlock(task, table);
            }
            addr = next;
        }
    }

    private void isolatePage(Task task, Page page, List<Page> isolated) {
        if (reclaim.isolate(task, page)) {
            isolated.add(page);
        }
    }

    /** {@code madvise_free_pte_range()} for one entry: clean from now on, so that a store shows. */
    private void freePte(Task task, MmuGather gather, Vma vma, PageTable table, long addr, Page page) {
        Folios folios = platform.folios;
        if (folios.isDirty(page)) {
            if (!folios.tryLock(task, page)) {
                return;
            }
            boolean mine = folios.mapcount(page) == 1;
            if (mine) {
                folios.clear(page, Page.DIRTY);
            }
            folios.unlock(task, page);
            if (!mine) {
                return;
            }
        }
        long pte = platform.tables.ptepGet(table, addr);
        if (Pte.isYoung(pte) || Pte.isDirty(pte)) {
            pte = platform.tables.ptepGetAndClear(task, vma, table, addr);
            platform.tables.setPteAt(task, vma, table, addr, Pte.mkclean(Pte.mkold(pte)));
            gather.flushEntry(addr);
        }
        folios.clear(page, Page.SWAPBACKED); // folio_mark_lazyfree()
    }
}
