package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** Two insertions of different frames at one address (mm/memory.c), one of them the zeropage: never writable. */
public final class InsertMixedOperationTests {
    private InsertMixedOperationTests() {}

    /** The zeropage and a driver's page at one address. r3: how the two are counted. */
    @JCStressTest
    @Outcome(
            id = "0, -EBUSY, ref 1 map 0 and ref 1 map 0, ok",
            expect = ACCEPTABLE,
            desc = "The zeropage, then the page.")
    @Outcome(
            id = "-EBUSY, 0, ref 1 map 0 and ref 2 map 1, ok",
            expect = ACCEPTABLE,
            desc = "The page, then the zeropage.")
    @State
    public static class ZeropageAndPage {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping ring = m.ringBuffer(1);
        private final Page page = m.page();

        /** Nothing is mapped, but the page table exists. */
        public ZeropageAndPage() {
            ring.insert(m.arbiter, 0, page);
            ring.dontneed(m.arbiter);
        }

        /** Maps the zeropage. */
        @Actor
        public void zeropage(LLLL_Result r) {
            m.meet(16);
            r.r1 = ring.insert(m.first, 0, m.zero());
        }

        /** Maps the page. */
        @Actor
        public void page(LLLL_Result r) {
            m.meet(16);
            r.r2 = ring.insert(m.second, 0, page);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = m.counts(m.zero()) + " and " + m.counts(page);
            r.r4 = m.verdict();
        }
    }

    /**
     * {@code vmf_insert_mixed()} of the zeropage against {@code vmf_insert_mixed_mkwrite()} of a block. r3: the entry.
     */
    @JCStressTest
    @Outcome(
            id = "NOPAGE, NOPAGE, Nswdam, ok",
            expect = ACCEPTABLE,
            desc = "The block, then the zeropage, which finds the entry taken.")
    @Outcome(
            id = "NOPAGE, NOPAGE, Zsa, ok",
            expect = ACCEPTABLE,
            desc = "The zeropage, then the block: the fault is tried again later.")
    @State
    public static class MixedZeropageAndMkwrite {
        private final OperationMachine m;
        private final OperationMapping dax;
        private final Page block;

        /** Without faults: nothing is mapped. */
        public MixedZeropageAndMkwrite() {
            this(AFTER);
        }

        MixedZeropageAndMkwrite(KernelConfig config) {
            m = new OperationMachine(config);
            dax = m.shared(m.process, m.file(AddressSpace.Kind.FSDAX, 1));
            block = m.page(m.arbiter, PageKind.DEVMAP);
        }

        /** A read fault found a hole. */
        @Actor
        public void zeropage(LLLL_Result r) {
            m.meet(16);
            r.r1 = dax.insertMixed(m.first, 0, Memory.ZERO_PFN, false);
        }

        /** A write fault found a block. */
        @Actor
        public void block(LLLL_Result r) {
            m.meet(16);
            r.r2 = dax.insertMixed(m.second, 0, block.pfn(), true);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = dax.pte(0);
            r.r4 = m.verdict();
        }
    }

    /** The same where an entry of another frame is upgraded. */
    @JCStressTest
    @JCStressMeta(MixedZeropageAndMkwrite.class)
    @Outcome(
            id = "NOPAGE, NOPAGE, Zswda, I0.*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The zeropage, then the block: the zeropage becomes writable.")
    @State
    public static class MixedZeropageAndMkwriteWithB12 {
        private final MixedZeropageAndMkwrite race = new MixedZeropageAndMkwrite(OperationMachine.with(Fault.B12));

        /** As in {@link MixedZeropageAndMkwrite#zeropage}. */
        @Actor
        public void zeropage(LLLL_Result r) {
            race.zeropage(r);
        }

        /** As in {@link MixedZeropageAndMkwrite#block}. */
        @Actor
        public void block(LLLL_Result r) {
            race.block(r);
        }

        /** As in {@link MixedZeropageAndMkwrite#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }
}
