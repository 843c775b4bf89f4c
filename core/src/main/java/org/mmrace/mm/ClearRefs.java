package org.mmrace.mm;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code /proc/PID/clear_refs} (fs/proc/task_mmu.c): from now on the first write to each page is noticed. */
public final class ClearRefs {
    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final PageProt pageProt;
    private final NormalPage normalPage;

    ClearRefs(Platform platform, TlbFlush tlbFlush, PageProt pageProt, NormalPage normalPage) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.pageProt = pageProt;
        this.normalPage = normalPage;
    }

    /**
     * {@code clear_refs_write()} with {@code CLEAR_REFS_SOFT_DIRTY}: VMAs forget that all of them counts as written,
     * then entries are write-protected and lose their soft-dirty bit. Nothing where soft-dirty is not compiled in.
     */
    public void clearSoftDirty(Task task, Mm mm) {
        if (!platform.config.softDirty()) {
            return;
        }
        platform.vmaLocks.mmapWriteLock(task, mm);
        kernel.addReturn(mm.tlbFlushPending, 1);
        for (Vma vma : mm.tree.all()) {
            if ((vma.flags(kernel) & VmFlags.SOFTDIRTY) != 0) {
                platform.vmaLocks.startWrite(task, vma);
                vma.modifyFlags(kernel, platform.monitor, task, 0, VmFlags.SOFTDIRTY);
                pageProt.vmaSetPageProt(task, vma);
            }
        }
        for (Vma vma : mm.tree.all()) {
            if ((vma.flags(kernel) & VmFlags.PFNMAP) == 0) {
                clearRange(task, vma);
            }
        }
        tlbFlush.flushMm(task, mm);
        kernel.addReturn(mm.tlbFlushPending, -1);
        platform.vmaLocks.mmapWriteUnlock(task, mm);
    }

    private void clearRange(Task task, Vma vma) {
        PageTables tables = platform.tables;
        long end = vma.end(kernel);
        for (long addr = vma.start(kernel); addr < end; ) {
            long next = tables.pmdAddrEnd(addr, end);
            PageTable pmd = tables.pmdOffset(vma.mm(), addr);
            PageTable table = pmd == null ? null : tables.pteOffsetMapLock(task, pmd, addr);
            if (table != null) {
                for (; addr < next; addr += Address.PAGE_SIZE) {
                    clearSoftDirty(task, vma, table, addr);
                }
                tables.pteUnlock(task, table);
            }
            addr = next;
        }
    }

    /** {@code clear_soft_dirty()}: PTL held. */
    private void clearSoftDirty(Task task, Vma vma, PageTable table, long addr) {
        PageTables tables = platform.tables;
        long pte = tables.ptepGet(table, addr);
        if (!Pte.isPresent(pte) || isPinned(task, vma, addr, pte)) {
            return;
        }
        long old = tables.ptepGetAndClear(task, vma, table, addr);
        tables.setPteAt(task, vma, table, addr, Pte.clearSoftDirty(Pte.wrprotect(old)));
    }

    /** {@code pte_is_pinned()}: a page under DMA is written to behind every entry's back. */
    private boolean isPinned(Task task, Vma vma, long addr, long pte) {
        if (!Pte.isWritable(pte) || !VmFlags.isCow(vma.flags(kernel)) || kernel.readOnce(vma.mm().hasPinned) == 0) {
            return false;
        }
        Page page = normalPage.vmNormalPage(task, vma, addr, pte);
        return page != null && platform.folios.maybeDmaPinned(page);
    }
}
