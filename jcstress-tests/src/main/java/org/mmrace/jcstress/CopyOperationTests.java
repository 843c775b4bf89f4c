package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.VmFlags;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** {@code do_wp_page()} and file faults (mm/memory.c): writers that must not see each other's copy. */
public final class CopyOperationTests {
    private CopyOperationTests() {}

    /** Two writes to a page that a child shares: one copy. r3: what the parent reads at last, then the child. */
    @JCStressTest
    @Outcome(id = "DONE, DONE, 2 7, ok", expect = ACCEPTABLE, desc = "The first actor, then the second.")
    @Outcome(id = "DONE, DONE, 1 7, ok", expect = ACCEPTABLE, desc = "The second actor, then the first.")
    @State
    public static class TwoCopies {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);
        private final OperationMapping child;

        /** Parent and child share a page that holds 7. */
        public TwoCopies() {
            anon.store(m.arbiter, 0, 7);
            child = anon.in(m.adopt(m.fork(m.arbiter, m.process)));
        }

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
            r.r3 = anon.load(m.arbiter, 0) + " " + child.load(m.arbiter, 0);
            r.r4 = m.verdict();
        }
    }

    /** Parent and child write to the page that they share. r3: what the parent reads at last, then the child. */
    @JCStressTest
    @Outcome(
            id = "DONE, DONE, 1 2, ok",
            expect = ACCEPTABLE,
            desc = "In either order: one copies, the other copies or keeps the page.")
    @State
    public static class ParentAndChildWrite {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);
        private final OperationMapping child;

        /** Parent and child share a page that holds 7. */
        public ParentAndChildWrite() {
            anon.store(m.arbiter, 0, 7);
            child = anon.in(m.adopt(m.fork(m.arbiter, m.process)));
        }

        /** Writes 1. */
        @Actor
        public void parent(LLLL_Result r) {
            m.meet(16);
            r.r1 = anon.store(m.first, 0, 1);
        }

        /** Writes 2. */
        @Actor
        public void child(LLLL_Result r) {
            m.meet(16);
            r.r2 = child.store(m.second, 0, 2);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = anon.load(m.arbiter, 0) + " " + child.load(m.arbiter, 0);
            r.r4 = m.verdict();
        }
    }

    /**
     * A write to a page that a child shares against a read through a TLB that knows the shared page. r2: what the other
     * thread reads before and after.
     */
    @JCStressTest
    @Outcome(id = "DONE, 7 7, 8, ok", expect = ACCEPTABLE, desc = "Both reads, then the copy.")
    @Outcome(id = "DONE, 7 8, 8, ok", expect = ACCEPTABLE, desc = "Read, copy, read.")
    @Outcome(id = "DONE, 8 8, 8, ok", expect = ACCEPTABLE, desc = "The copy, then both reads.")
    @State
    public static class CopyAndReader {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** Parent and child share a page that holds 7, and the reader's TLB knows it. */
        public CopyAndReader() {
            anon.store(m.arbiter, 0, 7);
            m.adopt(m.fork(m.arbiter, m.process));
            anon.load(m.second, 0);
        }

        /** Writes. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(16);
            r.r1 = anon.store(m.first, 0, 8);
        }

        /** Reads twice. */
        @Actor
        public void read(LLLL_Result r) {
            m.meet(64);
            r.r2 = anon.load(m.second, 0) + " " + anon.load(m.second, 0);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = anon.load(m.second, 0);
            r.r4 = m.verdict();
        }
    }

    /** First writes of two processes to one page of shared memory. r3: what both read at last. */
    @JCStressTest
    @Outcome(id = "DONE, DONE, 2 2, ok", expect = ACCEPTABLE, desc = "The first actor, then the second.")
    @Outcome(id = "DONE, DONE, 1 1, ok", expect = ACCEPTABLE, desc = "The second actor, then the first.")
    @State
    public static class TwoSharedWrites {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final AddressSpace inode = m.file(AddressSpace.Kind.SHMEM, 1);
        private final OperationMapping one = m.shared(m.process, inode);
        private final OperationMapping two = m.shared(m.newProcess(), inode);

        /** The file is empty. */
        public TwoSharedWrites() {}

        /** Writes 1. */
        @Actor
        public void first(LLLL_Result r) {
            m.meet(16);
            r.r1 = one.store(m.first, 0, 1);
        }

        /** Writes 2. */
        @Actor
        public void second(LLLL_Result r) {
            m.meet(16);
            r.r2 = two.store(m.second, 0, 2);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = one.load(m.arbiter, 0) + " " + two.load(m.arbiter, 0);
            r.r4 = m.verdict();
        }
    }

    /**
     * A private write to a file page against a write of another process to the file. r3: what the private mapping reads
     * at last, then the file.
     */
    @JCStressTest
    @Outcome(id = "DONE, DONE, 1 2, ok", expect = ACCEPTABLE, desc = "In either order: the copy is the process's own.")
    @State
    public static class PrivateCopyAndSharedWrite {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final AddressSpace inode = m.file(AddressSpace.Kind.PAGE_CACHE, 1);
        private final OperationMapping one = m.privately(m.process, inode, VmFlags.READ | VmFlags.WRITE);
        private final OperationMapping two = m.shared(m.newProcess(), inode);

        /** Both map the file's page. */
        public PrivateCopyAndSharedWrite() {
            one.load(m.arbiter, 0);
            two.load(m.arbiter, 0);
        }

        /** Writes 1. */
        @Actor
        public void copy(LLLL_Result r) {
            m.meet(16);
            r.r1 = one.store(m.first, 0, 1);
        }

        /** Writes 2. */
        @Actor
        public void share(LLLL_Result r) {
            m.meet(16);
            r.r2 = two.store(m.second, 0, 2);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = one.load(m.arbiter, 0) + " " + two.load(m.arbiter, 0);
            r.r4 = m.verdict();
        }
    }
}
