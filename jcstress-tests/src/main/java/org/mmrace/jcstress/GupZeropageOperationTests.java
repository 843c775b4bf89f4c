package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.mmrace.jcstress.OperationMachine.BEFORE;
import static org.mmrace.mm.GupFlags.GET;
import static org.mmrace.mm.GupFlags.PIN;
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

/** References to the zeropage (mm/gup.c): gets are counted, mappings and pins are not. */
public final class GupZeropageOperationTests {
    private GupZeropageOperationTests() {}

    /**
     * S16: four GETs on the anonymous zeropage against munmap. r1: gets that succeed; r3: the zeropage's counts before
     * the puts.
     */
    @JCStressTest
    @Outcome(id = "0, 0, ref 1 map 0, ok", expect = ACCEPTABLE, desc = "Munmap, then the gets, which fail.")
    @Outcome(id = "1, 0, ref 2 map 0, ok", expect = ACCEPTABLE, desc = "One get, munmap.")
    @Outcome(id = "2, 0, ref 3 map 0, ok", expect = ACCEPTABLE, desc = "Two gets, munmap.")
    @Outcome(id = "3, 0, ref 4 map 0, ok", expect = ACCEPTABLE, desc = "Three gets, munmap.")
    @Outcome(id = "4, 0, ref 5 map 0, ok", expect = ACCEPTABLE, desc = "Four gets, then munmap.")
    @State
    public static class GetsAndMunmap {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(4);
        private int gets;

        /** Four entries map the zeropage. */
        public GetsAndMunmap() {
            for (int i = 0; i < 4; i++) {
                anon.load(m.arbiter, i);
            }
        }

        /** Four times. */
        @Actor
        public void get(LLLL_Result r) {
            m.meet(16);
            for (int i = 0; i < 4; i++) {
                gets += anon.gup(m.first, i, GET) == null ? 0 : 1;
            }
            r.r1 = gets;
        }

        /** Unmaps. */
        @Actor
        public void unmap(LLLL_Result r) {
            m.meet(64);
            r.r2 = anon.munmap(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = m.counts(m.zero());
            r.r4 = m.verdict();
        }
    }

    /**
     * S16: four GETs on the anonymous zeropage against MADV_DONTNEED. r1: gets that succeed; r3: the zeropage's counts
     * before the puts.
     */
    @JCStressTest
    @Outcome(
            id = "4, 0, ref 5 map 0, ok",
            expect = ACCEPTABLE,
            desc = "In any order: what the zap takes is faulted in again.")
    @State
    public static class GetsAndZap {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(4);
        private int gets;

        /** Four entries map the zeropage. */
        public GetsAndZap() {
            for (int i = 0; i < 4; i++) {
                anon.load(m.arbiter, i);
            }
        }

        /** Four times. */
        @Actor
        public void get(LLLL_Result r) {
            m.meet(16);
            for (int i = 0; i < 4; i++) {
                gets += anon.gup(m.first, i, GET) == null ? 0 : 1;
            }
            r.r1 = gets;
        }

        /** Unmaps. */
        @Actor
        public void unmap(LLLL_Result r) {
            m.meet(64);
            r.r2 = anon.dontneed(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = m.counts(m.zero());
            r.r4 = m.verdict();
        }
    }

    /**
     * S16: GETs on the zeropage of a driver's mapping against the insertion of two more. r1: gets that succeed; r3: the
     * zeropage's counts after the puts.
     */
    @JCStressTest
    @Outcome(id = "2, 0, ref 1 map 0, ok", expect = ACCEPTABLE, desc = "In any order: nothing is counted but the gets.")
    @State
    public static class GetsAndInsert {
        private final OperationMachine m;
        private final OperationMapping ring;

        /** Without faults: two entries map the zeropage. */
        public GetsAndInsert() {
            this(AFTER);
        }

        GetsAndInsert(KernelConfig config) {
            m = new OperationMachine(config);
            ring = m.ringBuffer(4);
            ring.insert(m.arbiter, 0, m.zero());
            ring.insert(m.arbiter, 1, m.zero());
        }

        /** Gets both, and puts them. */
        @Actor
        public void get(LLLL_Result r) {
            m.meet(16);
            r.r1 = ring.getAndPut(m.first, 0, GET) + ring.getAndPut(m.first, 1, GET);
        }

        /** Maps it twice more. */
        @Actor
        public void insert(LLLL_Result r) {
            m.meet(16);
            r.r2 = ring.insert(m.second, 2, m.zero());
            ring.insert(m.second, 3, m.zero());
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = m.counts(m.zero());
            r.r4 = m.verdict();
        }
    }

    /** The same before the series. */
    @JCStressTest
    @JCStressMeta(GetsAndInsert.class)
    @Outcome(
            id = "2, 0, ref 5 map 4, I01.*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "In any order: each mapping holds a reference and a mapcount.")
    @State
    public static class GetsAndInsertBefore {
        private final GetsAndInsert race = new GetsAndInsert(BEFORE);

        /** As in {@link GetsAndInsert#get}. */
        @Actor
        public void get(LLLL_Result r) {
            race.get(r);
        }

        /** As in {@link GetsAndInsert#insert}. */
        @Actor
        public void insert(LLLL_Result r) {
            race.insert(r);
        }

        /** As in {@link GetsAndInsert#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }

    /** Pins of the anonymous zeropage, which are not counted, against MADV_DONTNEED. r1: pins that succeed. */
    @JCStressTest
    @Outcome(id = "2, 0, ref 1 map 0, ok", expect = ACCEPTABLE, desc = "In any order.")
    @State
    public static class PinsAndZap {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(2);

        /** Two entries map the zeropage. */
        public PinsAndZap() {
            anon.load(m.arbiter, 0);
            anon.load(m.arbiter, 1);
        }

        /** Pins both, and unpins them. */
        @Actor
        public void pin(LLLL_Result r) {
            m.meet(16);
            r.r1 = anon.getAndPut(m.first, 0, PIN) + anon.getAndPut(m.first, 1, PIN);
        }

        /** Zaps. */
        @Actor
        public void zap(LLLL_Result r) {
            m.meet(32);
            r.r2 = anon.dontneed(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = m.counts(m.zero());
            r.r4 = m.verdict();
        }
    }
}
