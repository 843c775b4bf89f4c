package org.mmrace.mm;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * Walking, populating and freeing page tables of three levels: PGD, PMD, PTE (mm/memory.c, mm/pgtable-generic.c). The
 * names follow the kernel; a "pmd" is a table of the middle level together with an address.
 */
public final class PageTables extends PteAccess {
    private static final long NO_TABLE = 0;
    private static final long HUGE = 1L << 32;

    private final Kernel kernel;
    private final TablePool pool;
    private final int levelShift;

    PageTables(Kernel kernel, KernelConfig config, MmMonitor monitor, Memory memory, int tableCount) {
        super(kernel, config, monitor);
        this.kernel = kernel;
        this.levelShift = Integer.numberOfTrailingZeros(config.ptrsPerTable());
        this.pool = new TablePool(kernel, monitor, memory, config.ptrsPerTable(), tableCount);
    }

    /** Tells the names of the cells of all tables, as of tables that nobody has hung up. */
    void nameCells(CellNames names) {
        pool.nameCells(names);
    }

    /** Tells what the entries of {@code mm} are called, whose addresses have the names that {@code where} gives. */
    void nameCells(CellNames names, Mm mm, LongFunction<String> where) {
        new TableNames(names, this, where).tell(mm);
    }

    /** The first address beyond user space ({@code TASK_SIZE}). */
    public long taskSize() {
        return Address.PAGE_SIZE << (3 * levelShift);
    }

    /** Bytes that one table of PTEs maps ({@code PMD_SIZE}). */
    public long pmdSize() {
        return Address.PAGE_SIZE << levelShift;
    }

    /** Bytes that one middle table maps ({@code PUD_SIZE}). */
    public long pgdSize() {
        return pmdSize() << levelShift;
    }

    /** {@code pmd_addr_end()}: where the table of {@code addr} ends, or {@code end} if that comes first. */
    long pmdAddrEnd(long addr, long end) {
        return Math.min((addr / pmdSize() + 1) * pmdSize(), end);
    }

    private int index(long addr, int level) {
        return (int) (addr >>> (Address.PAGE_SHIFT + level * levelShift)) & (1 << levelShift) - 1;
    }

    /** {@code pgd_alloc()}; null when no table is left. */
    @Nullable
    PageTable allocTable(Task task) {
        return pool.alloc(task);
    }

    /** Gives a table back, once nobody can hold a pointer to it. Its entries must be empty. */
    void freeTable(Task task, PageTable table) {
        pool.free(task, table);
    }

    /** How many tables are in use. */
    public long live() {
        return pool.live();
    }

    /** The table under entry {@code index} of {@code upper}, null if there is none. One lockless read. */
    private @Nullable PageTable below(PageTable upper, int index) {
        long id = kernel.readOnce(upper.entries, index) & ~HUGE;
        return id == NO_TABLE ? null : pool.get((int) id);
    }

    /** {@code pmd_offset()}: the table that has the pmd entry of {@code addr}, null if the levels above are empty. */
    public @Nullable PageTable pmdOffset(Mm mm, long addr) {
        return below(mm.pgd, index(addr, 2));
    }

    /** {@code pmdp_get_lockless()} and {@code pte_offset_map()}: the table of PTEs for {@code addr}, null if none. */
    public @Nullable PageTable pteTable(PageTable pmd, long addr) {
        return below(pmd, index(addr, 1));
    }

    /** Both steps down: the table of PTEs for {@code addr}, null if any level is empty. */
    public @Nullable PageTable pteTable(Mm mm, long addr) {
        PageTable pmd = pmdOffset(mm, addr);
        return pmd == null ? null : pteTable(pmd, addr);
    }

    /** {@code pmd_alloc()}: the table with the pmd entry of {@code addr}, made if need be; null when out of memory. */
    @Nullable
    PageTable pmdAlloc(Task task, Mm mm, long addr) {
        PageTable pmd = pmdOffset(mm, addr);
        if (pmd != null) {
            return pmd;
        }
        PageTable fresh = allocTable(task);
        if (fresh == null) {
            return null;
        }
        kernel.spinLock(task, mm.pageTableLock);
        pmd = pmdOffset(mm, addr);
        if (pmd == null) {
            pgdPopulate(mm, fresh, addr);
        }
        kernel.spinUnlock(task, mm.pageTableLock);
        if (pmd == null) {
            return fresh;
        }
        freeTable(task, fresh);
        return pmd;
    }

    /** {@code pte_alloc()}: whether {@code pmd} has a table of PTEs for {@code addr} now; false when out of memory. */
    boolean pteAlloc(Task task, PageTable pmd, long addr) {
        if (pteTable(pmd, addr) != null) {
            return true;
        }
        PageTable fresh = allocTable(task);
        if (fresh == null) {
            return false;
        }
        kernel.spinLock(task, pmd.pmdLock);
        boolean populated = pteTable(pmd, addr) != null;
        if (!populated) {
            pmdPopulate(pmd, fresh, addr);
        }
        kernel.spinUnlock(task, pmd.pmdLock);
        if (populated) {
            freeTable(task, fresh);
        }
        return true;
    }

    /** {@code pud_populate()}: the entry for the middle table; page_table_lock held. */
    void pgdPopulate(Mm mm, PageTable pmd, long addr) {
        kernel.writeOnce(mm.pgd.entries, index(addr, 2), pmd.id());
    }

    /** {@code pud_clear()}: page_table_lock held, or nobody else can get there. */
    void pgdClear(Mm mm, long addr) {
        kernel.writeOnce(mm.pgd.entries, index(addr, 2), NO_TABLE);
    }

    /** {@code pmd_populate()}: the pmd lock is held. */
    void pmdPopulate(PageTable pmd, PageTable table, long addr) {
        if (table.isDetached()) {
            table.detachments().add(1);
        }
        table.huge().set(0);
        kernel.writeOnce(pmd.entries, index(addr, 1), table.id());
    }

    /** {@code pmd_trans_huge()}: whether the pmd entry maps its whole range at once. */
    boolean isHuge(PageTable pmd, long addr) {
        return (kernel.readOnce(pmd.entries, index(addr, 1)) & HUGE) != 0;
    }

    /**
     * {@code set_pmd_at()} of a huge entry, unless something is mapped already. The model has no huge entries: it is
     * {@code table}, whose small entries have been filled, with a mark that nobody may change them one by one.
     */
    boolean setHugePmd(Task task, PageTable pmd, PageTable table, long addr) {
        kernel.spinLock(task, pmd.pmdLock);
        boolean none = pteTable(pmd, addr) == null;
        if (none) {
            table.huge().set(1);
            kernel.writeOnce(pmd.entries, index(addr, 1), table.id() | HUGE);
        }
        kernel.spinUnlock(task, pmd.pmdLock);
        return none;
    }

    /** {@code __split_huge_pmd()}: from now on the small entries stand for themselves. */
    void splitHugePmd(Task task, PageTable pmd, long addr) {
        kernel.spinLock(task, pmd.pmdLock);
        PageTable table = pteTable(pmd, addr);
        if (table != null && isHuge(pmd, addr)) {
            kernel.writeOnce(pmd.entries, index(addr, 1), table.id());
            table.huge().set(0);
        }
        kernel.spinUnlock(task, pmd.pmdLock);
    }

    /** {@code pmd_clear()}: {@code table} is detached. The pmd lock is held, or nobody else can get there. */
    void pmdClear(PageTable pmd, PageTable table, long addr) {
        kernel.writeOnce(pmd.entries, index(addr, 1), NO_TABLE);
        table.detachments().add(1);
    }

    /** {@code pte_offset_map_lock()}: the table of PTEs for {@code addr} with its PTL held; null if it is gone. */
    @Nullable
    PageTable pteOffsetMapLock(Task task, PageTable pmd, long addr) {
        while (true) {
            kernel.rcuReadLock(task);
            PageTable table = pteTable(pmd, addr);
            if (table == null) {
                kernel.rcuReadUnlock(task);
                return null;
            }
            kernel.spinLock(task, table.ptl);
            boolean same = pteTable(pmd, addr) == table;
            kernel.rcuReadUnlock(task);
            if (same) {
                return table;
            }
            kernel.spinUnlock(task, table.ptl);
        }
    }

    /**
     * {@code pte_offset_map_nolock()} and {@code spin_lock_nested()}: as {@link #pteOffsetMapLock}, with the PTL of
     * {@code held} held, which may be the one that is wanted.
     */
    @Nullable
    PageTable pteOffsetMapLockNested(Task task, PageTable pmd, long addr, PageTable held) {
        return pteTable(pmd, addr) == held ? held : pteOffsetMapLock(task, pmd, addr);
    }

    /** {@code get_locked_pte()}: as {@link #pteOffsetMapLock}, making tables on the way; null when out of memory. */
    @Nullable
    PageTable getLockedPte(Task task, Mm mm, long addr) {
        PageTable pmd = pmdAlloc(task, mm, addr);
        if (pmd == null || !pteAlloc(task, pmd, addr)) {
            return null;
        }
        return pteOffsetMapLock(task, pmd, addr);
    }

    /** {@code pte_unmap_unlock()}. */
    void pteUnlock(Task task, PageTable table) {
        kernel.spinUnlock(task, table.ptl);
    }
}
