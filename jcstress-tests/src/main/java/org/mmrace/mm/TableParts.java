package org.mmrace.mm;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** The page tables and TLBs of a {@link MmParts}: walking, populating, detaching and freeing one table. */
public final class TableParts {
    private final MmParts parts;
    private final Kernel kernel;
    private final Platform platform;
    private final PageTables tables;
    private final TlbFlush tlbFlush;

    /** The tables of a new address space. */
    public TableParts(KernelConfig config, MmMonitor monitor) {
        parts = new MmParts(config, monitor);
        kernel = parts.kernel();
        platform = parts.model().platform();
        tables = platform.tables;
        tlbFlush = new TlbFlush(platform);
    }

    /** The tables of a new address space under {@link MmParts#CONFIG}, watched by nobody. */
    public TableParts() {
        this(MmParts.CONFIG, MmMonitor.NONE);
    }

    /** The rest of the address space. */
    public MmParts parts() {
        return parts;
    }

    /** {@code pmd_alloc()}: the middle table. */
    public PageTable pmdAlloc(int cpu) {
        return Objects.requireNonNull(tables.pmdAlloc(parts.task(cpu), parts.mm(), MmParts.ADDR));
    }

    /** {@code get_locked_pte()}, and its unlock: the number of the table that {@code cpu} found or made. */
    public int populate(int cpu) {
        Task task = parts.task(cpu);
        PageTable table = Objects.requireNonNull(tables.getLockedPte(task, parts.mm(), MmParts.ADDR));
        tables.pteUnlock(task, table);
        return table.id();
    }

    /** {@code pte_alloc_one()}: a table that nothing points to. */
    public PageTable allocTable(int cpu) {
        return Objects.requireNonNull(tables.allocTable(parts.task(cpu)));
    }

    /** {@code pte_free()}: frees at once. */
    public void freeTable(int cpu, PageTable table) {
        tables.freeTable(parts.task(cpu), table);
    }

    /** {@code call_rcu()} of {@link #freeTable}, and {@code rcu_barrier()}. */
    public void freeTableAfterGracePeriod(int cpu, PageTable table) {
        Task task = parts.task(cpu);
        kernel.callRcu(task, () -> tables.freeTable(task, table));
        kernel.rcuBarrier(task);
    }

    /** {@code set_pte_at()} of a table that need not be reachable. */
    public void setPte(int cpu, PageTable table, long pte) {
        tables.setPteAt(parts.task(cpu), parts.vma(), table, MmParts.ADDR, pte);
    }

    /** {@code pmd_populate()} of a table. */
    public void pmdPopulate(PageTable pmd, PageTable table) {
        kernel.writeOnce(pmd.entries, pmdIndex(), table.id());
    }

    /** {@code pmdp_collapse_flush()} without the flush: the table is detached, with its entries in it. */
    public void pmdClear(PageTable pmd) {
        kernel.writeOnce(pmd.entries, pmdIndex(), 0);
    }

    private int pmdIndex() {
        return (int) (MmParts.ADDR / tables.pmdSize()) & pmdLengthMask();
    }

    private int pmdLengthMask() {
        return platform.config.ptrsPerTable() - 1;
    }

    /** {@code pmd_lock()}. */
    public void pmdLock(int cpu, PageTable pmd) {
        kernel.spinLock(parts.task(cpu), pmd.pmdLock);
    }

    /** Its counterpart. */
    public void pmdUnlock(int cpu, PageTable pmd) {
        kernel.spinUnlock(parts.task(cpu), pmd.pmdLock);
    }

    /** {@code pte_offset_map_lock()}: the table with its PTL held, null if there is none. */
    public @Nullable PageTable pteOffsetMapLock(int cpu, PageTable pmd) {
        return tables.pteOffsetMapLock(parts.task(cpu), pmd, MmParts.ADDR);
    }

    /** {@code pte_unmap_unlock()}. */
    public void pteUnlock(int cpu, PageTable table) {
        tables.pteUnlock(parts.task(cpu), table);
    }

    /** {@code pte_offset_map()}: one lockless step down. */
    public @Nullable PageTable pteOffsetMap(PageTable pmd) {
        return tables.pteTable(pmd, MmParts.ADDR);
    }

    /** {@code free_pgtables()} and {@code tlb_finish_mmu()}, with whatever they wait for, and {@code rcu_barrier()}. */
    public void freePgtables(int cpu) {
        Task task = parts.task(cpu);
        MmuGather gather = new MmuGather(platform, tlbFlush, new Rmap(platform), task, parts.mm());
        new FreePgtables(tables).freePgtables(gather, parts.mm(), 0, tables.taskSize(), 0, tables.taskSize());
        gather.finish();
        kernel.rcuBarrier(task);
    }

    /** {@code flush_tlb_page()}. */
    public void flushPage(int cpu) {
        tlbFlush.flushPage(parts.task(cpu), parts.mm(), MmParts.ADDR);
    }

    /** {@code INVLPG} on the TLB of {@code target}, without waiting for anybody. */
    public void invalidate(int target) {
        platform.tlbs.get(target).invalidate(parts.mm(), MmParts.ADDR, MmParts.ADDR + Address.PAGE_SIZE);
    }

    /** Waits for an instruction that {@code target} executes, and for its interrupts to be on. */
    public void sendIpi(int cpu, int target) {
        kernel.sendIpi(parts.task(cpu), target);
    }

    /** Whether the TLB of a CPU has an entry. */
    public boolean tlbHit(int cpu) {
        return !Pte.isNone(platform.tlbs.get(cpu).lookup(parts.mm(), MmParts.ADDR));
    }
}
