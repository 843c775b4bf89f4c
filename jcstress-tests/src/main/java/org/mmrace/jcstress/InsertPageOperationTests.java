package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.List;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.mm.Page;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** {@code vm_insert_page()} and {@code vm_insert_pages()} (mm/memory.c) against each other and against zaps. */
public final class InsertPageOperationTests {
    private InsertPageOperationTests() {}

    /** S01: {@code vm_insert_page(A)} twice at one address; the page table exists. r3: how A is counted. */
    @JCStressTest
    @Outcome(id = "0, -EBUSY, ref 2 map 1, ok", expect = ACCEPTABLE, desc = "The first actor, then the second.")
    @Outcome(id = "-EBUSY, 0, ref 2 map 1, ok", expect = ACCEPTABLE, desc = "The second actor, then the first.")
    @State
    public static class SamePage {
        private final OperationMachine m;
        private final OperationMapping ring;
        private final Page page;

        /** Without faults. */
        public SamePage() {
            this(AFTER);
        }

        SamePage(KernelConfig config) {
            m = new OperationMachine(config);
            ring = m.ringBuffer(1);
            page = m.page();
            ring.insert(m.arbiter, 0, m.page());
            ring.dontneed(m.arbiter);
        }

        /** One insertion. */
        @Actor
        public void first(LLLL_Result r) {
            m.meet(16);
            r.r1 = ring.insert(m.first, 0, page);
        }

        /** The other. */
        @Actor
        public void second(LLLL_Result r) {
            m.meet(16);
            r.r2 = ring.insert(m.second, 0, page);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = m.counts(page);
            r.r4 = m.verdict();
        }
    }

    /** The same where the entry is looked at before the PTL is taken. */
    @JCStressTest
    @JCStressMeta(SamePage.class)
    @Outcome(
            id = "0, 0, ref 3 map 2, I10.*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Both find the entry empty; the second to store leaks a reference, a mapcount and RSS.")
    @State
    public static class SamePageWithB70 {
        private final SamePage race = new SamePage(OperationMachine.with(Fault.B70));

        /** As in {@link SamePage#first}. */
        @Actor
        public void first(LLLL_Result r) {
            race.first(r);
        }

        /** As in {@link SamePage#second}. */
        @Actor
        public void second(LLLL_Result r) {
            race.second(r);
        }

        /** As in {@link SamePage#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }

    /** The same where RSS is added before the entry is looked at. */
    @JCStressTest
    @JCStressMeta(SamePage.class)
    @Outcome(
            id = {"0, -EBUSY, ref 2 map 1, I12", "-EBUSY, 0, ref 2 map 1, I12"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "The one that comes second leaves RSS behind.")
    @State
    public static class SamePageWithB72 {
        private final SamePage race = new SamePage(OperationMachine.with(Fault.B72));

        /** As in {@link SamePage#first}. */
        @Actor
        public void first(LLLL_Result r) {
            race.first(r);
        }

        /** As in {@link SamePage#second}. */
        @Actor
        public void second(LLLL_Result r) {
            race.second(r);
        }

        /** As in {@link SamePage#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }

    /** {@code vm_insert_page(B)} against MADV_DONTNEED of the page where A is mapped. r3: what is mapped at the end. */
    @JCStressTest
    @Outcome(id = "-EBUSY, 0, -, ok", expect = ACCEPTABLE, desc = "Insertion, then zap.")
    @Outcome(id = "0, 0, B, ok", expect = ACCEPTABLE, desc = "Zap, then insertion.")
    @State
    public static class InsertAndZap {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping ring = m.ringBuffer(1);
        private final Page b = m.page();

        /** A is mapped. */
        public InsertAndZap() {
            ring.insert(m.arbiter, 0, m.page());
        }

        /** Inserts. */
        @Actor
        public void insert(LLLL_Result r) {
            m.meet(16);
            r.r1 = ring.insert(m.first, 0, b);
        }

        /** Zaps. */
        @Actor
        public void zap(LLLL_Result r) {
            m.meet(16);
            r.r2 = ring.dontneed(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            Page mapped = ring.mapped(0);
            r.r3 = mapped == null ? "-" : mapped == b ? "B" : "A";
            r.r4 = m.verdict();
        }
    }

    /** S02: {@code vm_insert_pages(16)} against MADV_DONTNEED of the same range. r3: how many pages are mapped. */
    @JCStressTest
    @Outcome(id = "0 left 0, 0, 0, ok", expect = ACCEPTABLE, desc = "Insertion of both batches, then zap.")
    @Outcome(id = "0 left 0, 0, 8, ok", expect = ACCEPTABLE, desc = "First batch, zap, second batch.")
    @Outcome(id = "0 left 0, 0, 16, ok", expect = ACCEPTABLE, desc = "Zap, then insertion of both batches.")
    @State
    public static class BatchAndZap {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping ring = m.ringBuffer(16);
        private final List<Page> pages = m.pages(16);

        /** Another driver's page was mapped once, so that the page table exists. */
        public BatchAndZap() {
            ring.insert(m.arbiter, 15, m.page());
            ring.dontneed(m.arbiter);
        }

        /** Inserts 16 pages, eight per hold of the PTL. */
        @Actor
        public void insert(LLLL_Result r) {
            m.meet(16);
            r.r1 = ring.insertPages(m.first, pages);
        }

        /** Zaps. */
        @Actor
        public void zap(LLLL_Result r) {
            m.meet(64);
            r.r2 = ring.dontneed(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = ring.mappedCount();
            r.r4 = m.verdict();
        }
    }

    /** S02 where page 12 is taken: the caller learns how many pages were stored, whatever is zapped meanwhile. */
    @JCStressTest
    @Outcome(id = "-EBUSY left 4, 0, 0, ok", expect = ACCEPTABLE, desc = "Insertion of 12 pages, then zap.")
    @Outcome(id = "0 left 0, 0, 8, ok", expect = ACCEPTABLE, desc = "First batch, zap, second batch.")
    @Outcome(id = "0 left 0, 0, 16, ok", expect = ACCEPTABLE, desc = "Zap, then insertion of 16 pages.")
    @State
    public static class BatchWithObstacleAndZap {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping ring = m.ringBuffer(16);
        private final List<Page> pages = m.pages(16);

        /** Page 12 is mapped. */
        public BatchWithObstacleAndZap() {
            ring.insert(m.arbiter, 12, m.page());
        }

        /** Inserts 16 pages, eight per hold of the PTL. */
        @Actor
        public void insert(LLLL_Result r) {
            m.meet(16);
            r.r1 = ring.insertPages(m.first, pages);
        }

        /** Zaps. */
        @Actor
        public void zap(LLLL_Result r) {
            m.meet(64);
            r.r2 = ring.dontneed(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = ring.mappedCount();
            r.r4 = m.verdict();
        }
    }

    /** Two batches into one range. r3: how many pages are mapped. */
    @JCStressTest
    @Outcome(id = "0 left 0, -EBUSY left 16, 16, ok", expect = ACCEPTABLE, desc = "The first actor's batch is first.")
    @Outcome(id = "-EBUSY left 16, 0 left 0, 16, ok", expect = ACCEPTABLE, desc = "The second actor's batch is first.")
    @State
    public static class TwoBatches {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping ring = m.ringBuffer(16);
        private final List<Page> pages = m.pages(16);

        /** Nothing is mapped. */
        public TwoBatches() {}

        /** One batch. */
        @Actor
        public void first(LLLL_Result r) {
            m.meet(16);
            r.r1 = ring.insertPages(m.first, pages);
        }

        /** The other, of the same pages. */
        @Actor
        public void second(LLLL_Result r) {
            m.meet(16);
            r.r2 = ring.insertPages(m.second, pages);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = ring.mappedCount();
            r.r4 = m.verdict();
        }
    }
}
