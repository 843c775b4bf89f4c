package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.concurrent.atomic.AtomicInteger;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.TableFree;
import org.mmrace.fault.TlbStyle;
import org.mmrace.kernel.Task;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.MmParts;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.TableParts;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * mm/mmu_gather.c {@code tlb_remove_table()}, fourth pair: munmap clears the upper entry, flushes, waits for an
 * interrupt or a grace period, and frees the table; GUP-fast walks with interrupts off. No walk is in a freed table.
 */
public final class GupTableFreeTests {
    private static final int TABLE = 1;

    /** A flush that waits for no section with interrupts off. */
    private static final KernelConfig BROADCAST = MmParts.CONFIG.with(draft -> draft.tlbStyle(TlbStyle.BROADCAST));

    private GupTableFreeTests() {}

    /** Outcomes: what the walker sees of the table that it is in; -1 where there is none. */
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "The walker enters and leaves, then munmap frees the table.")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "Munmap clears the upper entry, then the walker finds no table.")
    public static class WalkerAndFreer {
        private WalkerAndFreer() {}
    }

    /** The pair in ten lines. */
    @JCStressTest
    @JCStressMeta(WalkerAndFreer.class)
    @State
    public static class Model {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger pmd = new AtomicInteger(TABLE);
        private final AtomicInteger freed = new AtomicInteger();

        /** GUP-fast. */
        @Actor
        public void walker(I_Result r) {
            inside.set(1);
            r.r1 = pmd.get() == TABLE ? freed.get() : -1;
            inside.setRelease(2);
        }

        /** {@code tlb_remove_table_sync_one()}. */
        @Actor
        public void freer() {
            pmd.set(0); // sequentially consistent: a full barrier before the load behind it
            int seen = inside.get();
            while (seen == 1 && inside.get() == seen) {
                Thread.onSpinWait();
            }
            freed.setRelease(1);
        }
    }

    /** The pair without the freer's barrier. */
    @JCStressTest
    @JCStressMeta(WalkerAndFreer.class)
    @Outcome(
            id = "1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Munmap looks before its clear is visible, the walker enters and finds the table, munmap frees it.")
    @State
    public static class Weakened {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger pmd = new AtomicInteger(TABLE);
        private final AtomicInteger freed = new AtomicInteger();

        /** GUP-fast. */
        @Actor
        public void walker(I_Result r) {
            inside.set(1);
            r.r1 = pmd.get() == TABLE ? freed.get() : -1;
            inside.setRelease(2);
        }

        /** {@code tlb_remove_table_sync_one()}, with a clear that may pass the load behind it. */
        @Actor
        public void freer() {
            pmd.setRelease(0);
            int seen = inside.getAcquire();
            while (seen == 1 && inside.get() == seen) {
                Thread.onSpinWait();
            }
            freed.setRelease(1);
        }
    }

    /** Sees whether the table is freed while GUP-fast is in it: looks for a while, with interrupts off. */
    static final class Walked implements MmMonitor {
        private static final int LOOKS = 64;

        private int freed = -1;

        @Override
        public void tableWalked(Task task, PageTable table) {
            long seen = 0;
            for (int i = 0; i < LOOKS; i++) {
                seen |= table.freed().get();
            }
            freed = (int) seen;
        }

        int freed() {
            return freed;
        }
    }

    /** A mapped page, and GUP-fast on CPU 1. */
    static final class Walk {
        private final Walked walked = new Walked();
        private final TableParts tables;

        Walk(KernelConfig config) {
            tables = new TableParts(config, walked);
            tables.parts().populate();
        }

        int gupFast() {
            tables.parts().gupFast(1, GupFlags.GET);
            return walked.freed();
        }
    }

    /** The model's GUP-fast against its {@code free_pgtables()}, which waits for a grace period only. */
    @JCStressTest
    @JCStressMeta(WalkerAndFreer.class)
    @State
    public static class Actual {
        private final Walk walk = new Walk(BROADCAST);

        /** GUP-fast. */
        @Actor
        public void walker(I_Result r) {
            r.r1 = walk.gupFast();
        }

        /** Munmap. */
        @Actor
        public void freer() {
            walk.tables.freePgtables(0);
        }
    }

    /** The same, where {@code free_pgtables()} waits for interrupts. */
    @JCStressTest
    @JCStressMeta(WalkerAndFreer.class)
    @State
    public static class ActualByIpi {
        private final Walk walk = new Walk(MmParts.CONFIG.with(draft -> draft.tableFree(TableFree.IPI)));

        /** GUP-fast. */
        @Actor
        public void walker(I_Result r) {
            r.r1 = walk.gupFast();
        }

        /** Munmap. */
        @Actor
        public void freer() {
            walk.tables.freePgtables(0);
        }
    }

    /** The model's GUP-fast against a table that is freed right after the flush. */
    @JCStressTest
    @JCStressMeta(WalkerAndFreer.class)
    @Outcome(
            id = "1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The walker finds the table, then munmap clears the upper entry and frees it under the walker.")
    @State
    public static class WeakenedFreedAtOnce {
        private final Walk walk = new Walk(BROADCAST);
        private final PageTable pmd = walk.tables.pmdAlloc(0);
        private final PageTable table = walk.tables.parts().table();

        /** GUP-fast. */
        @Actor
        public void walker(I_Result r) {
            r.r1 = walk.gupFast();
        }

        /** Munmap. */
        @Actor
        public void freer() {
            walk.tables.pmdClear(pmd);
            walk.tables.flushPage(0);
            walk.tables.freeTable(0, table);
        }
    }
}
