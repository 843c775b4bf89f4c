package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.DaxStyle;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * {@code dax_iomap_pmd_fault()} (fs/dax.c) for reading: maps the range of a whole page table of a DAX file at once. In
 * the kernel a fault tries this first where a file allows it; here it is an operation of its own, so that files of a
 * few pages stay what they are. A huge entry is a page table that is filled before anybody can reach it; see
 * {@link PageTables#setHugePmd}.
 */
public final class DaxPmdFault {
    private final Platform platform;
    private final Kernel kernel;
    private final DaxEntries entries;

    DaxPmdFault(Platform platform, DaxEntries entries) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.entries = entries;
    }

    /**
     * Maps the blocks around {@code addr}. mmap_lock held.
     *
     * @return NOPAGE; NONE to fall back to small entries, because the VMA is too small, a block is missing, something
     *     is mapped already, or pages are counted, which is not modelled for huge entries; OOM
     */
    public int pmdFault(Task task, Vma vma, long addr) {
        long size = platform.tables.pmdSize();
        long base = addr / size * size;
        OpenFile file = vma.file();
        boolean fits = base >= vma.start(kernel) && base + size <= vma.end(kernel);
        if (file == null || !vma.isFsdax() || !fits || platform.config.daxStyle() == DaxStyle.REFCOUNTED) {
            return FaultResult.NONE;
        }
        AddressSpace mapping = file.mapping();
        int index = (int) vma.pgoffOf(kernel, base);
        kernel.downRead(task, mapping.invalidateLock);
        entries.grab(task, mapping, index); // the entry of the whole range has the lock of its first page
        int result = hasBlocks(mapping, index) ? insertPfnPmd(task, vma, base, mapping, index) : FaultResult.NONE;
        if (result == FaultResult.NOPAGE) {
            entries.store(task, mapping, index, DaxEntries.ofPfn(Dax.blockPfn(mapping.block(index))));
        }
        entries.unlock(task, mapping, index);
        kernel.upRead(task, mapping.invalidateLock);
        return result;
    }

    private boolean hasBlocks(AddressSpace mapping, int index) {
        for (int i = 0; i < platform.config.ptrsPerTable(); i++) {
            if (index + i >= mapping.sizePages() || mapping.block(index + i) <= Dax.UNWRITTEN) {
                return false;
            }
        }
        return true;
    }

    /** {@code vmf_insert_pfn_pmd()}. */
    private int insertPfnPmd(Task task, Vma vma, long base, AddressSpace mapping, int index) {
        PageTable pmd = platform.tables.pmdAlloc(task, vma.mm(), base);
        @Nullable PageTable table = pmd == null ? null : platform.tables.allocTable(task);
        if (pmd == null || table == null) {
            return FaultResult.OOM;
        }
        kernel.spinLock(task, table.ptl);
        for (int i = 0; i < table.length(); i++) {
            long entry = Pte.make(Dax.blockPfn(mapping.block(index + i)), vma.pageProt(kernel));
            entry = platform.config.pteSpecial() ? Pte.mkdevmap(entry) : entry | Pte.DEVMAP;
            platform.tables.install(task, vma, table, base + i * Address.PAGE_SIZE, entry, false);
        }
        kernel.spinUnlock(task, table.ptl);
        if (platform.tables.setHugePmd(task, pmd, table, base)) {
            return FaultResult.NOPAGE;
        }
        kernel.spinLock(task, table.ptl);
        for (int i = 0; i < table.length(); i++) {
            long addr = base + i * Address.PAGE_SIZE;
            long pte = platform.tables.ptepGetAndClear(task, vma, table, addr);
            platform.tables.removed(task, vma, table, addr, pte, false);
        }
        kernel.spinUnlock(task, table.ptl);
        platform.tables.freeTable(task, table);
        return FaultResult.NONE;
    }
}
