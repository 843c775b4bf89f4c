package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.fault.Fault;
import org.mmrace.fault.TableFree;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;

/**
 * {@code struct mmu_gather} (mm/mmu_gather.c): what an operation has cleared, until the TLBs have been flushed and the
 * pages and tables may be freed. Private to its task.
 */
final class MmuGather {
    /** Pages queued before their references are dropped early ({@code MAX_GATHER_BATCH}). */
    private static final int BATCH_MAX = 32;

    /** A table that mapped {@code [start, end)}; {@code since} as in {@link MmMonitor#tableUnused}. */
    private record Detached(PageTable table, long start, long end, long since) {}

    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Rmap rmap;
    private final Task task;
    private final Mm mm;
    private final LocalLong start = new LocalLong(Long.MAX_VALUE);
    private final LocalLong end = new LocalLong(0);
    private final List<Page> pages = new ArrayList<>();
    private final List<Page> delayedRmap = new ArrayList<>();
    private final List<Detached> tables = new ArrayList<>();

    /** {@code tlb_gather_mmu()}. */
    MmuGather(Platform platform, TlbFlush tlbFlush, Rmap rmap, Task task, Mm mm) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.rmap = rmap;
        this.task = task;
        this.mm = mm;
        kernel.addReturn(mm.tlbFlushPending, 1);
    }

    /** {@code tlb_remove_tlb_entry()}: an entry for {@code addr} was cleared or restricted. */
    void flushEntry(long addr) {
        addRange(addr, Address.PAGE_SIZE);
    }

    /** {@code tlb_flush_pmd_range()}: whatever was mapped there. */
    void flushRange(long addr, long size) {
        addRange(addr, size);
    }

    private void addRange(long addr, long size) {
        start.set(Math.min(start.get(), addr));
        end.set(Math.max(end.get(), addr + size));
    }

    /** {@code __tlb_remove_folio_pages()}: drop this mapping's reference after the flush. Whether the batch is full. */
    boolean removePage(Page page) {
        pages.add(page);
        return pages.size() >= BATCH_MAX;
    }

    /** {@code __tlb_remove_folio_pages(delay_rmap)}: the mapcount too is dropped after the flush. */
    void delayRmap(Page page) {
        delayedRmap.add(page);
    }

    /** {@code pte_free_tlb()}: {@code table}, which mapped {@code size} bytes from {@code addr} on, is detached. */
    void freeTable(PageTable table, long addr, long size) {
        Detached detached =
                new Detached(table, addr, addr + size, mm.revocations().add(1));
        addRange(addr, size);
        if (tables.isEmpty() && platform.memory.allocationFails()) {
            removeTableOne(detached);
        } else {
            tables.add(detached);
        }
    }

    /**
     * {@code tlb_remove_table_one()}: there is no memory for a batch of tables, so this one is freed at once; where
     * tables are reclaimed under walkers, still by RCU.
     */
    private void removeTableOne(Detached detached) {
        if (!platform.config.has(Fault.B46)) {
            flushTlbOnly(); // tlb_table_invalidate()
        }
        removeTables(List.of(detached), platform.config.ptReclaim());
    }

    /** {@code tlb_flush_mmu_tlbonly()}. */
    void flushTlbOnly() {
        if (end.get() > start.get()) {
            tlbFlush.flushRange(task, mm, start.get(), end.get());
            start.set(Long.MAX_VALUE);
            end.set(0);
        }
    }

    /** {@code tlb_flush_rmaps()}: PTL still held. */
    void flushRmaps() {
        delayedRmap.forEach(page -> rmap.removeRmap(task, page));
        delayedRmap.clear();
    }

    /** {@code tlb_flush_mmu()}: flush, then drop the references. */
    void flush() {
        flushTlbOnly();
        pages.forEach(page -> platform.folios.put(task, page, RefKind.MAP));
        pages.clear();
        if (!tables.isEmpty()) {
            freeTables();
        }
    }

    private void freeTables() {
        List<Detached> detached = List.copyOf(tables);
        tables.clear();
        removeTables(detached, platform.config.tableFree() == TableFree.RCU);
    }

    /** {@code tlb_remove_table_free()}: by RCU, or after interrupts that no lockless walker answers. */
    private void removeTables(List<Detached> detached, boolean rcu) {
        detached.forEach(
                each -> platform.monitor.tableUnused(task, mm, each.table(), each.start(), each.end(), each.since()));
        if (rcu) {
            kernel.callRcu(task, () -> detached.forEach(each -> platform.tables.freeTable(task, each.table())));
            return;
        }
        for (int cpu = 0; cpu < kernel.cpus(); cpu++) {
            kernel.sendIpi(task, cpu);
        }
        detached.forEach(each -> platform.tables.freeTable(task, each.table()));
    }

    /** {@code tlb_finish_mmu()}. */
    void finish() {
        boolean nested = kernel.readOnce(mm.tlbFlushPending) > 1;
        if (nested && !platform.config.has(Fault.B43)) {
            addRange(0, platform.tables.taskSize());
        }
        flush();
        kernel.addReturn(mm.tlbFlushPending, -1);
        platform.monitor.flushesDone(task);
    }
}
