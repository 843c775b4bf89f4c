package org.mmrace.mm;

import org.mmrace.fault.TlbStyle;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** Dropping TLB entries on every CPU that has run an address space (arch/x86/mm/tlb.c). */
public final class TlbFlush {
    /** The low half of {@link Mm#tlbFlushBatched} counts what was put off, the high half what was flushed of it. */
    private static final int FLUSHED_SHIFT = 32;

    private static final long PENDING_MASK = (1L << FLUSHED_SHIFT) - 1;

    private final Platform platform;
    private final Kernel kernel;

    TlbFlush(Platform platform) {
        this.platform = platform;
        this.kernel = platform.kernel;
    }

    /** {@code switch_mm()}: {@code cpu} may cache entries of {@code mm} from now on. */
    void switchMm(int cpu, Mm mm) {
        long bit = 1L << cpu;
        while (true) {
            long mask = kernel.readOnce(mm.cpumask);
            if ((mask & bit) != 0 || kernel.cmpxchg(mm.cpumask, mask, mask | bit)) {
                return;
            }
        }
    }

    /**
     * {@code flush_tlb_mm_range()}: returns when no CPU uses an entry for {@code [start, end)} that was read from the
     * page table before this call. An instruction under way on another CPU may have read an entry already and fill its
     * TLB later, so it is waited for; one that found the old entry before it was dropped is waited for as well.
     */
    void flushRange(Task task, Mm mm, long start, long end) {
        kernel.smpMb();
        long mask = kernel.readOnce(mm.cpumask);
        for (int cpu = 0; cpu < platform.tlbs.size(); cpu++) {
            if ((mask & 1L << cpu) != 0) {
                waitFor(task, cpu);
                platform.tlbs.get(cpu).invalidate(mm, start, end);
                kernel.smpMb();
                waitFor(task, cpu);
            }
        }
        platform.monitor.flushed(task, mm, start, end);
    }

    /**
     * An interrupt is answered with interrupts on only; a broadcast waits for nothing but the instruction under way.
     */
    private void waitFor(Task task, int cpu) {
        if (platform.config.tlbStyle() == TlbStyle.IPI) {
            kernel.sendIpi(task, cpu);
        } else {
            kernel.waitForInstruction(task, cpu);
        }
    }

    /** {@code set_tlb_ubc_flush_pending()}, what others see of it: reclaim has put off a flush of {@code mm}. */
    void addBatchedPending(Mm mm) {
        kernel.addReturn(mm.tlbFlushBatched, 1);
    }

    /** {@code flush_tlb_batched_pending()}: PTL held; flushes what reclaim has put off, if nobody has done so yet. */
    void flushBatchedPending(Task task, Mm mm) {
        long batch = kernel.readOnce(mm.tlbFlushBatched);
        long pending = batch & PENDING_MASK;
        if (pending != batch >>> FLUSHED_SHIFT) {
            flushMm(task, mm);
            kernel.cmpxchg(mm.tlbFlushBatched, batch, pending | pending << FLUSHED_SHIFT);
        }
    }

    /** {@code flush_tlb_mm()}. */
    void flushMm(Task task, Mm mm) {
        flushRange(task, mm, 0, platform.tables.taskSize());
    }

    /** {@code flush_tlb_page()}. */
    void flushPage(Task task, Mm mm, long addr) {
        flushRange(task, mm, addr, addr + Address.PAGE_SIZE);
    }

    /** {@code update_mmu_tlb()} and {@code flush_tlb_fix_spurious_fault()}: this CPU only. */
    void flushLocal(Task task, Mm mm, long addr) {
        platform.tlbs.get(task.cpu()).invalidate(mm, addr, addr + Address.PAGE_SIZE);
    }
}
