package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * How khugepaged takes page tables away (mm/khugepaged.c). The model has no huge pages: what the kernel maps by one
 * huge entry is a run of fresh small pages under a fresh table here. What matters to everybody else is the same: a
 * table that was in use is detached, and its entries stay valid for a while.
 */
public final class Khugepaged {
    /** How a collapse ended ({@code enum scan_result}). */
    public enum Result {
        /** The range is mapped by fresh pages. */
        SUCCEED,
        /** No VMA of private anonymous memory covers the range, or nothing was ever written to it. */
        VMA_CHECK,
        /** There is no table of PTEs. */
        PMD_NULL,
        /** Somebody else uses or shares a page, userfaultfd watches it, or it is not anonymous. */
        PAGE_COUNT,
        /** Out of memory. */
        ALLOC_HUGE_PAGE_FAIL
    }

    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Rmap rmap;
    private final NormalPage normalPage;
    private final Zap zap;

    Khugepaged(Platform platform, TlbFlush tlbFlush, Rmap rmap, NormalPage normalPage, Zap zap) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.rmap = rmap;
        this.normalPage = normalPage;
        this.zap = zap;
    }

    /**
     * {@code collapse_huge_page()}: the range of the table of PTEs around {@code addr}. Takes mmap_lock for writing.
     */
    public Result collapse(Task task, Mm mm, long addr) {
        long base = addr / platform.tables.pmdSize() * platform.tables.pmdSize();
        List<Page> fresh = allocRun(task);
        if (fresh.isEmpty()) {
            return Result.ALLOC_HUGE_PAGE_FAIL;
        }
        PageTable freshTable = platform.tables.allocTable(task);
        Result result = Result.ALLOC_HUGE_PAGE_FAIL;
        if (freshTable != null) {
            platform.vmaLocks.mmapWriteLock(task, mm);
            result = collapseLocked(task, mm, base, fresh, freshTable);
            platform.vmaLocks.mmapWriteUnlock(task, mm);
        }
        if (result != Result.SUCCEED) {
            fresh.forEach(page -> platform.folios.put(task, page, RefKind.OWNER));
            if (freshTable != null) {
                platform.tables.freeTable(task, freshTable);
            }
        }
        return result;
    }

    /** {@code alloc_charge_folio()}: a page for every entry of a table; empty when out of memory. */
    private List<Page> allocRun(Task task) {
        List<Page> run = new ArrayList<>();
        while (run.size() < platform.config.ptrsPerTable()) {
            Page page = platform.memory.alloc(task, PageKind.ANON);
            if (page == null) {
                run.forEach(got -> platform.folios.put(task, got, RefKind.OWNER));
                return List.of();
            }
            run.add(page);
        }
        return run;
    }

    private Result collapseLocked(Task task, Mm mm, long base, List<Page> fresh, PageTable freshTable) {
        PageTables tables = platform.tables;
        Vma vma = mm.tree.lookup(base);
        if (vma == null || !suitable(vma, base)) {
            return Result.VMA_CHECK;
        }
        PageTable pmd = tables.pmdOffset(mm, base);
        PageTable table = pmd == null ? null : tables.pteTable(pmd, base);
        if (pmd == null || table == null) {
            return Result.PMD_NULL;
        }
        platform.vmaLocks.startWrite(task, vma);
        kernel.downWrite(task, mm.anonVma.rwsem); // the kernel lets it go early: it has locked the folios by then
        Result result = collapseTable(task, vma, pmd, table, base, fresh, freshTable);
        kernel.upWrite(task, mm.anonVma.rwsem);
        return result;
    }

    /** The steps from the detaching of the table on: mmap_lock, VMA lock and anon_vma lock held for writing. */
    private Result collapseTable(
            Task task, Vma vma, PageTable pmd, PageTable table, long base, List<Page> fresh, PageTable freshTable) {
        PageTables tables = platform.tables;
        Mm mm = vma.mm();
        kernel.spinLock(task, pmd.pmdLock);
        pmdpCollapseFlush(task, mm, pmd, table, base);
        kernel.spinUnlock(task, pmd.pmdLock);
        tlbRemoveTableSyncOne(task);

        kernel.spinLock(task, table.ptl);
        boolean isolated = isolate(task, vma, table, base);
        kernel.spinUnlock(task, table.ptl);
        if (!isolated) {
            kernel.spinLock(task, pmd.pmdLock);
            tables.pmdPopulate(pmd, table, base);
            kernel.spinUnlock(task, pmd.pmdLock);
            return Result.PAGE_COUNT;
        }
        copy(task, vma, table, base, fresh);
        kernel.spinLock(task, freshTable.ptl);
        map(task, vma, freshTable, base, fresh);
        kernel.spinUnlock(task, freshTable.ptl);
        kernel.spinLock(task, pmd.pmdLock);
        tables.pmdPopulate(pmd, freshTable, base);
        kernel.spinUnlock(task, pmd.pmdLock);
        // pgtable_trans_huge_deposit(): whoever withdraws it uses or frees it without waiting for anybody.
        tables.freeTable(task, table);
        return Result.SUCCEED;
    }

    /** {@code hugepage_vma_revalidate()}. */
    private boolean suitable(Vma vma, long base) {
        return vma.isAnonymous(kernel)
                && kernel.readOnce(vma.anonVma) != 0
                && vma.start(kernel) <= base
                && vma.end(kernel) >= base + platform.tables.pmdSize();
    }

    /** {@code pmdp_collapse_flush()}: the pmd lock is held. The entries of the table stay as they are. */
    private void pmdpCollapseFlush(Task task, Mm mm, PageTable pmd, PageTable table, long base) {
        platform.tables.pmdClear(pmd, table, base);
        tlbFlush.flushRange(task, mm, base, base + platform.tables.pmdSize());
    }

    /**
     * {@code tlb_remove_table_sync_one()}: no lockless walker is in a table that was detached before. It came with the
     * fix of B33; kernels that have B32 are older.
     */
    private void tlbRemoveTableSyncOne(Task task) {
        if (platform.config.has(Fault.B33) || platform.config.has(Fault.B32)) {
            return;
        }
        for (int cpu = 0; cpu < kernel.cpus(); cpu++) {
            kernel.sendIpi(task, cpu);
        }
    }

    /** {@code __collapse_huge_page_isolate()}: whether nobody but these entries holds the pages. PTL held. */
    private boolean isolate(Task task, Vma vma, PageTable table, long base) {
        long end = base + platform.tables.pmdSize();
        for (long addr = base; addr < end; addr += Address.PAGE_SIZE) {
            long pte = platform.tables.ptepGet(table, addr);
            if (Pte.isNone(pte) || (Pte.isPresent(pte) && Memory.isZero(Pte.pfn(pte)))) {
                continue;
            }
            Page page = Pte.isPresent(pte) ? normalPage.vmNormalPage(task, vma, addr, pte) : null;
            boolean mine = page != null
                    && platform.folios.isAnon(page)
                    && !Pte.isUffdWp(pte)
                    && platform.folios.mapcount(page) == 1
                    && platform.folios.refCount(page) == 1;
            if (!mine) {
                return false;
            }
        }
        return true;
    }

    /** {@code __collapse_huge_page_copy()}: the data moves to {@code fresh}, and the old pages go. */
    private void copy(Task task, Vma vma, PageTable table, long base, List<Page> fresh) {
        for (int i = 0; i < fresh.size(); i++) {
            long addr = base + i * Address.PAGE_SIZE;
            long pte = platform.tables.ptepGet(table, addr);
            if (Pte.isNone(pte)) {
                continue;
            }
            Page old = normalPage.vmNormalPage(task, vma, addr, pte);
            if (old != null) {
                long data = platform.memory.contents(old.pfn());
                platform.memory.setContents(task, fresh.get(i).pfn(), data);
            }
            kernel.spinLock(task, table.ptl);
            pte = platform.tables.ptepGetAndClear(task, vma, table, addr);
            platform.tables.removed(task, vma, table, addr, pte, old != null);
            if (old != null) {
                vma.mm().rss().add(RssStat.Counter.ANON, -1);
                rmap.removeRmap(task, old);
            }
            kernel.spinUnlock(task, table.ptl);
            if (old != null) {
                platform.folios.put(task, old, RefKind.MAP);
            }
        }
    }

    /** What {@code set_pmd_at()} of the huge entry does. The table is not reachable yet. */
    private void map(Task task, Vma vma, PageTable table, long base, List<Page> fresh) {
        for (int i = 0; i < fresh.size(); i++) {
            Page page = fresh.get(i);
            long entry = Pte.maybeMkwrite(Pte.mkdirty(Pte.make(page.pfn(), vma.pageProt(kernel))), vma.flags(kernel));
            vma.mm().rss().add(RssStat.Counter.ANON, 1);
            rmap.addNewAnonRmap(task, page, vma, base + i * Address.PAGE_SIZE);
            platform.folios.convert(page, RefKind.OWNER, RefKind.MAP);
            platform.tables.install(task, vma, table, base + i * Address.PAGE_SIZE, entry, true);
        }
    }

    /**
     * {@code collapse_file()} as far as page tables go, and {@code retract_page_tables()}: the pages of the file from
     * {@code index} on that one table maps are unmapped, and so are the tables that map them from their beginning.
     * Takes i_mmap_rwsem for reading. The kernel holds the folios locked, so that no fault can map them again; the
     * model looks again and leaves such tables alone.
     *
     * @return how many tables were detached
     */
    public int retractPageTables(Task task, AddressSpace mapping, int index) {
        zap.unmapMappingPages(task, mapping, index, platform.config.ptrsPerTable(), false);
        int retracted = 0;
        kernel.downRead(task, mapping.iMmapRwsem);
        for (Vma vma : mapping.iMmap()) {
            long addr = vma.start(kernel) + (index - vma.pgoff(kernel)) * Address.PAGE_SIZE;
            boolean whole = addr >= vma.start(kernel)
                    && addr % platform.tables.pmdSize() == 0
                    && addr + platform.tables.pmdSize() <= vma.end(kernel);
            if (whole && kernel.readOnce(vma.anonVma) == 0 && retract(task, vma, addr)) {
                retracted++;
            }
        }
        kernel.upRead(task, mapping.iMmapRwsem);
        return retracted;
    }

    /** The loop of {@code retract_page_tables()}: whether the table at {@code addr} was detached. */
    private boolean retract(Task task, Vma vma, long addr) {
        PageTables tables = platform.tables;
        PageTable pmd = tables.pmdOffset(vma.mm(), addr);
        if (pmd == null) {
            return false;
        }
        kernel.spinLock(task, pmd.pmdLock);
        PageTable table = tables.pteTable(pmd, addr);
        boolean cleared = false;
        if (table != null) {
            kernel.spinLock(task, table.ptl);
            cleared = kernel.readOnce(vma.anonVma) == 0 && table.isEmpty(kernel);
            if (cleared) {
                pmdpCollapseFlush(task, vma.mm(), pmd, table, addr);
                tlbRemoveTableSyncOne(task); // pmdp_get_lockless_sync()
            }
            kernel.spinUnlock(task, table.ptl);
        }
        kernel.spinUnlock(task, pmd.pmdLock);
        if (table != null && cleared) {
            kernel.callRcu(task, () -> tables.freeTable(task, table)); // pte_free_defer()
        }
        return cleared;
    }
}
