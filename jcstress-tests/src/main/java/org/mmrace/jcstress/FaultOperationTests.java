package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** {@code handle_pte_fault()} and what it calls (mm/memory.c): first accesses at one address. */
public final class FaultOperationTests {
    private FaultOperationTests() {}

    /** Two first writes to one page. r3: what is read at last. */
    @JCStressTest
    @Outcome(id = "DONE, DONE, 2, ok", expect = ACCEPTABLE, desc = "The first actor, then the second.")
    @Outcome(id = "DONE, DONE, 1, ok", expect = ACCEPTABLE, desc = "The second actor, then the first.")
    @State
    public static class TwoFirstWrites {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** Nothing is mapped. */
        public TwoFirstWrites() {}

        /** Writes 1. */
        @Actor
        public void first(LLLL_Result r) {
            m.meet(16);
            r.r1 = anon.store(m.first, 0, 1);
        }

        /** Writes 2. */
        @Actor
        public void second(LLLL_Result r) {
            m.meet(16);
            r.r2 = anon.store(m.second, 0, 2);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = anon.load(m.arbiter, 0);
            r.r4 = m.verdict();
        }
    }

    /** Two first reads of one page. r3: the entry. */
    @JCStressTest
    @Outcome(id = "0, 0, Zsa, ok", expect = ACCEPTABLE, desc = "In either order: the zeropage.")
    @State
    public static class TwoFirstReads {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** Nothing is mapped. */
        public TwoFirstReads() {}

        /** Reads. */
        @Actor
        public void first(LLLL_Result r) {
            m.meet(16);
            r.r1 = anon.load(m.first, 0);
        }

        /** Reads. */
        @Actor
        public void second(LLLL_Result r) {
            m.meet(16);
            r.r2 = anon.load(m.second, 0);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = anon.pte(0);
            r.r4 = m.verdict();
        }
    }

    /** A first read against a first write. r3: what is read at last, through the reader's TLB. */
    @JCStressTest
    @Outcome(id = "0, DONE, 8, ok", expect = ACCEPTABLE, desc = "Read, then write.")
    @Outcome(id = "8, DONE, 8, ok", expect = ACCEPTABLE, desc = "Write, then read.")
    @State
    public static class FirstReadAndFirstWrite {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** Nothing is mapped. */
        public FirstReadAndFirstWrite() {}

        /** Reads. */
        @Actor
        public void read(LLLL_Result r) {
            m.meet(32);
            r.r1 = anon.load(m.first, 0);
        }

        /** Writes. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(16);
            r.r2 = anon.store(m.second, 0, 8);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = anon.load(m.first, 0);
            r.r4 = m.verdict();
        }
    }
}
