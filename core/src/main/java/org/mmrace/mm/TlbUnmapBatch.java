package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;

/**
 * {@code struct tlbflush_unmap_batch}: the flushes that one task has put off while it unmaps pages for reclaim. Private
 * to its task.
 */
final class TlbUnmapBatch {
    /** One entry that was cleared. */
    private record Unmapped(Mm mm, long addr, long since) {}

    private final Platform platform;
    private final TlbFlush tlbFlush;
    private final List<Unmapped> unmapped = new ArrayList<>();
    private final LocalLong writable = new LocalLong(0);

    TlbUnmapBatch(Platform platform, TlbFlush tlbFlush) {
        this.platform = platform;
        this.tlbFlush = tlbFlush;
    }

    /**
     * {@code set_tlb_ubc_flush_pending()}: {@code pte} was cleared, the PTL is held; others can see that it is owed.
     */
    void setFlushPending(Mm mm, long addr, long pte, long since) {
        if (!Pte.isAccessible(pte)) {
            return;
        }
        unmapped.add(new Unmapped(mm, addr, since));
        tlbFlush.addBatchedPending(mm);
        if (Pte.isDirty(pte)) {
            writable.set(1);
        }
    }

    /** {@code try_to_unmap_flush_dirty()}: if a CPU may still write through an entry that was cleared. */
    void flushDirty(Task task) {
        if (writable.get() != 0) {
            flush(task);
        }
    }

    /** {@code try_to_unmap_flush()}: afterwards no CPU reaches what was unmapped. */
    void flush(Task task) {
        unmapped.stream().map(Unmapped::mm).distinct().forEach(mm -> tlbFlush.flushMm(task, mm));
        for (Unmapped entry : unmapped) {
            platform.monitor.revoked(
                    task, entry.mm(), entry.addr(), entry.addr() + Address.PAGE_SIZE, entry.since(), false);
        }
        unmapped.clear();
        writable.set(0);
        platform.monitor.flushesDone(task);
    }
}
