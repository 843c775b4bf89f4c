package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/** {@code move_page_tables()} (mm/mremap.c): mmap_lock and both VMAs locked for writing. */
final class MovePageTables {
    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;

    MovePageTables(Platform platform, TlbFlush tlbFlush) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
    }

    /**
     * Moves the entries of {@code [from, from + length)} of {@code vma} to {@code to} of {@code newVma}.
     *
     * @param needRmapLocks whether a walk over the VMAs of the file could miss an entry that moves
     * @return how many bytes were moved: less than {@code length} when out of memory
     */
    long movePageTables(Task task, Vma vma, long from, Vma newVma, long to, long length, boolean needRmapLocks) {
        Mm mm = vma.mm();
        PageTables tables = platform.tables;
        long end = from + length;
        long moved = 0;
        while (moved < length) {
            long oldAddr = from + moved;
            long newAddr = to + moved;
            long extent = extent(oldAddr, newAddr, end);
            PageTable oldPmd = tables.pmdOffset(mm, oldAddr);
            if (oldPmd == null || tables.pteTable(oldPmd, oldAddr) == null) {
                moved += extent;
                continue;
            }
            PageTable newPmd = tables.pmdAlloc(task, mm, newAddr);
            if (newPmd == null) {
                return moved;
            }
            if (extent == tables.pmdSize() && moveNormalPmd(task, vma, oldPmd, oldAddr, newPmd, newAddr)) {
                moved += extent;
                continue;
            }
            if (!tables.pteAlloc(task, newPmd, newAddr)) {
                return moved;
            }
            movePtes(task, vma, oldPmd, oldAddr, oldAddr + extent, newVma, newPmd, newAddr, needRmapLocks);
            moved += extent;
        }
        if (platform.config.has(Fault.B41)) {
            tlbFlush.flushRange(task, mm, from, end);
        }
        platform.monitor.flushesDone(task);
        return moved;
    }

    /** {@code get_extent()}: bytes up to the end of the range and of both tables. */
    private long extent(long oldAddr, long newAddr, long end) {
        long inOld = platform.tables.pmdAddrEnd(oldAddr, end) - oldAddr;
        return Math.min(inOld, platform.tables.pmdAddrEnd(newAddr, newAddr + inOld) - newAddr);
    }

    /**
     * {@code move_ptes()}: the old table's PTL, then the new one's; the old addresses leave the TLBs before either is
     * dropped, because from then on a page may be unmapped at its new address, and freed.
     */
    private void movePtes(
            Task task,
            Vma vma,
            PageTable oldPmd,
            long start,
            long end,
            Vma newVma,
            PageTable newPmd,
            long newStart,
            boolean needRmapLocks) {
        PageTables tables = platform.tables;
        if (needRmapLocks) {
            takeRmapLocks(task, vma);
        }
        PageTable oldTable = tables.pteOffsetMapLock(task, oldPmd, start);
        PageTable newTable = oldTable == null ? null : tables.pteOffsetMapLockNested(task, newPmd, newStart, oldTable);
        if (oldTable != null && newTable != null) {
            if (!platform.config.has(Fault.B42)) {
                tlbFlush.flushBatchedPending(task, vma.mm());
            }
            if (!platform.config.has(Fault.B42)) {
                tlbFlush.flushBatchedPending(task, vma.mm());
            }
            boolean forceFlush = false;
            for (long addr = start; addr < end; addr += Address.PAGE_SIZE) {
                forceFlush |= movePte(task, vma, oldTable, addr, newVma, newTable, newStart + addr - start);
            }
            if (forceFlush && !platform.config.has(Fault.B41)) {
                tlbFlush.flushRange(task, vma.mm(), start, end);
            }
        }
        if (newTable != null && newTable != oldTable) {
            tables.pteUnlock(task, newTable);
        }
        if (oldTable != null) {
            tables.pteUnlock(task, oldTable);
        }
        if (needRmapLocks) {
            dropRmapLocks(task, vma);
        }
    }

    /** One entry, both PTLs held: whether a TLB may have it. Counts stay: the page is mapped once, before and after. */
    private boolean movePte(
            Task task, Vma vma, PageTable oldTable, long addr, Vma newVma, PageTable newTable, long newAddr) {
        PageTables tables = platform.tables;
        if (Pte.isNone(tables.ptepGet(oldTable, addr))) {
            return false;
        }
        boolean counted = oldTable.counted().get(tables.pteIndex(addr)) != 0;
        long pte = tables.ptepGetAndClear(task, vma, oldTable, addr);
        boolean present = Pte.isPresent(pte);
        long moved = present && platform.config.softDirty() ? Pte.mksoftDirty(pte) : pte;
        if (present && !newVma.hasUffdWp(kernel)) {
            moved = Pte.clearUffdWp(moved); // 0cef0bb836e3, which 6.11 does not have yet
        }
        tables.install(task, newVma, newTable, newAddr, moved, counted);
        return present;
    }

    /**
     * {@code move_normal_pmd()}: the whole table of PTEs at once, under the locks of both tables above it; false if it
     * must be done entry by entry. Somebody may have detached the table since it was seen: only what is there under the
     * lock is moved.
     */
    private boolean moveNormalPmd(Task task, Vma vma, PageTable oldPmd, long oldAddr, PageTable newPmd, long newAddr) {
        PageTables tables = platform.tables;
        if (vma.hasUffdWp(kernel)) {
            return false;
        }
        if (Warn.on(tables.pteTable(newPmd, newAddr) != null, kernel, task, "move_normal_pmd", "new pmd not empty")) {
            return false;
        }
        @Nullable PageTable seen = tables.pteTable(oldPmd, oldAddr);
        takeRmapLocks(task, vma);
        kernel.spinLock(task, oldPmd.pmdLock);
        if (newPmd != oldPmd) {
            kernel.spinLock(task, newPmd.pmdLock);
        }
        PageTable table = platform.config.has(Fault.B49) ? seen : tables.pteTable(oldPmd, oldAddr);
        if (table != null) {
            tables.pmdClear(oldPmd, table, oldAddr);
            tables.pmdPopulate(newPmd, table, newAddr);
            tlbFlush.flushRange(task, vma.mm(), oldAddr, oldAddr + tables.pmdSize());
        }
        if (newPmd != oldPmd) {
            kernel.spinUnlock(task, newPmd.pmdLock);
        }
        kernel.spinUnlock(task, oldPmd.pmdLock);
        dropRmapLocks(task, vma);
        return table != null;
    }

    /** {@code take_rmap_locks()}: nobody walks who maps the pages meanwhile. */
    private void takeRmapLocks(Task task, Vma vma) {
        OpenFile file = vma.file();
        if (file != null) {
            kernel.downWrite(task, file.mapping().iMmapRwsem);
        }
        if (kernel.readOnce(vma.anonVma) != 0) {
            kernel.downWrite(task, vma.mm().anonVma.rwsem);
        }
    }

    private void dropRmapLocks(Task task, Vma vma) {
        if (kernel.readOnce(vma.anonVma) != 0) {
            kernel.upWrite(task, vma.mm().anonVma.rwsem);
        }
        OpenFile file = vma.file();
        if (file != null) {
            kernel.upWrite(task, file.mapping().iMmapRwsem);
        }
    }
}
