package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.mmrace.jcstress.OperationMachine.BEFORE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.fault.KernelConfig;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** The zeropage in {@code vm_insert_page()} (mm/memory.c) and munmap: never counted. */
public final class InsertZeropageOperationTests {
    private InsertZeropageOperationTests() {}

    /** The zeropage at two addresses. r3: how it is counted while it is mapped. */
    @JCStressTest
    @Outcome(
            id = "0, 0, ref 1 map 0, ok",
            expect = ACCEPTABLE,
            desc = "Both insertions, in either order: nothing is counted.")
    @State
    public static class TwoZeropages {
        private final OperationMachine m;
        private final OperationMapping ring;

        /** Without faults: nothing is mapped. */
        public TwoZeropages() {
            this(AFTER);
        }

        TwoZeropages(KernelConfig config) {
            m = new OperationMachine(config);
            ring = m.ringBuffer(2);
        }

        /** Maps it once. */
        @Actor
        public void first(LLLL_Result r) {
            m.meet(16);
            r.r1 = ring.insert(m.first, 0, m.zero());
        }

        /** Maps it again. */
        @Actor
        public void second(LLLL_Result r) {
            m.meet(16);
            r.r2 = ring.insert(m.second, 1, m.zero());
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = m.counts(m.zero());
            r.r4 = m.verdict();
        }
    }

    /** The same before the series: the zeropage is counted like any page. */
    @JCStressTest
    @JCStressMeta(TwoZeropages.class)
    @Outcome(
            id = "0, 0, ref 3 map 2, I01.*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Both insertions, in either order: each holds a reference and a mapcount.")
    @State
    public static class TwoZeropagesBefore {
        private final TwoZeropages race = new TwoZeropages(BEFORE);

        /** As in {@link TwoZeropages#first}. */
        @Actor
        public void first(LLLL_Result r) {
            race.first(r);
        }

        /** As in {@link TwoZeropages#second}. */
        @Actor
        public void second(LLLL_Result r) {
            race.second(r);
        }

        /** As in {@link TwoZeropages#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }

    /** S03: insertion of the zeropage against munmap. r3: how it is counted. */
    @JCStressTest
    @Outcome(id = "0, 0, ref 1 map 0, ok", expect = ACCEPTABLE, desc = "Insertion, then munmap.")
    @Outcome(id = "no VMA, 0, ref 1 map 0, ok", expect = ACCEPTABLE, desc = "Munmap, then the driver finds no VMA.")
    @State
    public static class ZeropageAndMunmap {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping ring = m.ringBuffer(1);

        /** Nothing is mapped. */
        public ZeropageAndMunmap() {}

        /** Maps it. */
        @Actor
        public void insert(LLLL_Result r) {
            m.meet(16);
            r.r1 = ring.insert(m.first, 0, m.zero());
        }

        /** Unmaps all. */
        @Actor
        public void munmap(LLLL_Result r) {
            m.meet(16);
            r.r2 = ring.munmap(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = m.counts(m.zero());
            r.r4 = m.verdict();
        }
    }

    /** Insertion of the zeropage against MADV_DONTNEED where it is mapped already. r3: its counts, then the entry. */
    @JCStressTest
    @Outcome(id = "-EBUSY, 0, ref 1 map 0 -, ok", expect = ACCEPTABLE, desc = "Insertion, then zap.")
    @Outcome(id = "0, 0, ref 1 map 0 Zsa, ok", expect = ACCEPTABLE, desc = "Zap, then insertion.")
    @State
    public static class ZeropageAndZap {
        private final OperationMachine m;
        private final OperationMapping ring;

        /** Without faults: the zeropage is mapped. */
        public ZeropageAndZap() {
            this(AFTER);
        }

        ZeropageAndZap(KernelConfig config) {
            m = new OperationMachine(config);
            ring = m.ringBuffer(1);
            ring.insert(m.arbiter, 0, m.zero());
        }

        /** Maps it. */
        @Actor
        public void insert(LLLL_Result r) {
            m.meet(16);
            r.r1 = ring.insert(m.first, 0, m.zero());
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
            r.r3 = m.counts(m.zero()) + " " + ring.pte(0);
            r.r4 = m.verdict();
        }
    }

    /** The same before the series. */
    @JCStressTest
    @JCStressMeta(ZeropageAndZap.class)
    @Outcome(
            id = "0, 0, ref 2 map 1 Z.*, I01.*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Zap, then insertion, which holds a reference and a mapcount.")
    @State
    public static class ZeropageAndZapBefore {
        private final ZeropageAndZap race = new ZeropageAndZap(BEFORE);

        /** As in {@link ZeropageAndZap#insert}. */
        @Actor
        public void insert(LLLL_Result r) {
            race.insert(r);
        }

        /** As in {@link ZeropageAndZap#zap}. */
        @Actor
        public void zap(LLLL_Result r) {
            race.zap(r);
        }

        /** As in {@link ZeropageAndZap#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }
}
