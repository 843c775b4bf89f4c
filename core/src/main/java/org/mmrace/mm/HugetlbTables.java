package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * Shared page tables of hugetlbfs (mm/hugetlb.c): address spaces that map the same whole part of a file use one middle
 * table for it. There are no huge pages in the model: the entries below are small ones.
 *
 * <p>Sharing ends with munmap, with a split and with exit only; MADV_DONTNEED, mprotect and truncation of such files
 * are not modelled, so no {@code hugetlb_vma_lock} is needed.
 */
final class HugetlbTables {
    private final Platform platform;
    private final Kernel kernel;
    private final Rmap rmap;
    private final TlbFlush tlbFlush;

    HugetlbTables(Platform platform, TlbFlush tlbFlush, Rmap rmap) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.rmap = rmap;
        this.tlbFlush = tlbFlush;
    }

    /** {@code huge_pte_alloc()}: the middle table for {@code addr}, shared if it can be; null when out of memory. */
    @Nullable
    PageTable hugePteAlloc(Task task, Vma vma, long addr) {
        PageTable pmd = platform.tables.pmdOffset(vma.mm(), addr);
        if (pmd == null && wantPmdShare(vma, addr)) {
            hugePmdShare(task, vma, addr);
        }
        return platform.tables.pmdAlloc(task, vma.mm(), addr);
    }

    /** {@code want_pmd_share()}: shared, and all that a middle table maps. */
    private boolean wantPmdShare(Vma vma, long addr) {
        long base = base(addr);
        return (vma.flagsOnce(kernel) & VmFlags.MAYSHARE) != 0
                && vma.start(kernel) <= base
                && vma.end(kernel) >= base + platform.tables.pgdSize();
    }

    private long base(long addr) {
        return addr / platform.tables.pgdSize() * platform.tables.pgdSize();
    }

    /** {@code huge_pmd_share()}: takes i_mmap_rwsem for reading, so that nobody gives up what is found. */
    private void hugePmdShare(Task task, Vma vma, long addr) {
        OpenFile file = vma.file();
        if (file == null) {
            return;
        }
        Mm mm = vma.mm();
        kernel.downRead(task, file.mapping().iMmapRwsem);
        PageTable table = shareable(file.mapping(), vma, addr);
        if (table != null) {
            kernel.spinLock(task, mm.pageTableLock);
            if (platform.tables.pmdOffset(mm, addr) == null) {
                kernel.addReturn(table.extraSharers, 1);
                if (table.handedOn().get() == mm.id()) {
                    table.handedOn().set(0);
                }
                platform.tables.pgdPopulate(mm, table, addr);
            }
            kernel.spinUnlock(task, mm.pageTableLock);
        }
        kernel.upRead(task, file.mapping().iMmapRwsem);
    }

    /** {@code page_table_shareable()} of every other VMA of the file. */
    private @Nullable PageTable shareable(AddressSpace mapping, Vma vma, long addr) {
        for (Vma other : mapping.iMmap()) {
            long otherAddr =
                    other.start(kernel) + (vma.pgoffOf(kernel, addr) - other.pgoff(kernel)) * Address.PAGE_SIZE;
            boolean fits = other.mm() != vma.mm()
                    && base(otherAddr) - otherAddr == base(addr) - addr
                    && other.flagsOnce(kernel) == vma.flags(kernel)
                    && wantPmdShare(other, otherAddr);
            PageTable table = fits ? platform.tables.pmdOffset(other.mm(), otherAddr) : null;
            if (table != null) {
                return table;
            }
        }
        return null;
    }

    /**
     * {@code huge_pmd_unshare()}: i_mmap_rwsem held for writing. The table stays the other address spaces' own; the
     * last of them may put anything there.
     *
     * @return the table that was given up, null if it is not shared
     */
    private @Nullable PageTable hugePmdUnshare(Task task, Mm mm, long addr) {
        PageTable table = platform.tables.pmdOffset(mm, addr);
        if (table == null || table.extraSharers(kernel) == 0) {
            return null;
        }
        kernel.spinLock(task, mm.pageTableLock);
        platform.tables.pgdClear(mm, addr);
        kernel.spinUnlock(task, mm.pageTableLock);
        if (!platform.config.has(Fault.B34)) {
            for (int cpu = 0; cpu < kernel.cpus(); cpu++) {
                kernel.sendIpi(task, cpu); // tlb_remove_table_sync_one()
            }
        }
        kernel.addReturn(table.extraSharers, -1);
        return table;
    }

    /**
     * {@code hugetlb_split()}: a VMA about to be split at {@code addr} no longer covers what its middle table maps, so
     * it gives up its share (081056dc00a2). i_mmap_rwsem held for writing.
     */
    void split(Task task, Vma vma, long addr) {
        long base = base(addr);
        boolean shared = addr != base && wantPmdShare(vma, addr);
        PageTable table = shared ? hugePmdUnshare(task, vma.mm(), addr) : null;
        if (table != null) {
            tlbFlush.flushRange(task, vma.mm(), base, base + platform.tables.pgdSize());
            table.handedOn().set(vma.mm().id());
        }
    }

    /** {@code __unmap_hugepage_range()}: takes i_mmap_rwsem for writing. What is shared is given up, not cleared. */
    void unmapHugepageRange(Task task, MmuGather gather, Vma vma, long start, long end) {
        OpenFile file = vma.file();
        if (file == null) {
            return;
        }
        Mm mm = vma.mm();
        kernel.downWrite(task, file.mapping().iMmapRwsem);
        for (long addr = start; addr < end; ) {
            PageTable shared = wantPmdShare(vma, addr) ? hugePmdUnshare(task, mm, addr) : null;
            if (shared != null) {
                gather.flushRange(base(addr), platform.tables.pgdSize());
                gather.flushTlbOnly();
                shared.handedOn().set(mm.id());
                addr = base(addr) + platform.tables.pgdSize();
                continue;
            }
            long next = platform.tables.pmdAddrEnd(addr, end);
            PageTable pmd = platform.tables.pmdOffset(mm, addr);
            if (pmd != null) {
                clearEntries(task, gather, vma, pmd, addr, next);
            }
            addr = next;
        }
        gather.flushTlbOnly();
        kernel.upWrite(task, file.mapping().iMmapRwsem);
    }

    private void clearEntries(Task task, MmuGather gather, Vma vma, PageTable pmd, long start, long end) {
        PageTables tables = platform.tables;
        PageTable table = tables.pteOffsetMapLock(task, pmd, start);
        if (table == null) {
            return;
        }
        for (long addr = start; addr < end; addr += Address.PAGE_SIZE) {
            if (!Pte.isPresent(tables.ptepGet(table, addr))) {
                continue;
            }
            long pte = tables.ptepGetAndClear(task, vma, table, addr);
            tables.removed(task, vma, table, addr, pte, true);
            gather.flushEntry(addr);
            Page page = platform.memory.page(Pte.pfn(pte));
            if (page != null) {
                rmap.removeRmap(task, page);
                gather.removePage(page);
            }
        }
        tables.pteUnlock(task, table);
    }
}
