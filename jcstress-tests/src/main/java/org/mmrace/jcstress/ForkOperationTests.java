package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.Noise;
import org.mmrace.mm.Mm;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** {@code fork()} (kernel/fork.c, mm/memory.c) against writes and zaps. */
public final class ForkOperationTests {
    /** Sleeps now and then, most of all before fork write-protects an entry. */
    private static final Noise NOISE = new Noise(64, 1);

    private ForkOperationTests() {}

    /**
     * S13: fork against two first writes, in program order, to pages of two page tables. r2: what the child reads
     * there.
     */
    @JCStressTest
    @Outcome(id = "DONE DONE, 0 0, ok", expect = ACCEPTABLE, desc = "Fork, then both writes.")
    @Outcome(id = "DONE DONE, 7 0, ok", expect = ACCEPTABLE, desc = "First write, fork, second write.")
    @Outcome(id = "DONE DONE, 7 7, ok", expect = ACCEPTABLE, desc = "Both writes, then fork.")
    @State
    public static class ForkAndFirstWrites {
        private final OperationMachine m;
        private final OperationMapping anon;
        private @Nullable Mm child;

        /** Without faults: the page tables exist, and there is something to copy between the two pages. */
        public ForkAndFirstWrites() {
            this(AFTER);
        }

        ForkAndFirstWrites(KernelConfig config) {
            m = new OperationMachine(config, NOISE);
            anon = m.anonymous(33);
            for (int i = 1; i < 16; i++) {
                anon.store(m.arbiter, i, 1);
            }
            anon.store(m.arbiter, 16, 1);
            anon.load(m.arbiter, 31);
        }

        /** Writes to page 0, then to page 32. */
        @Actor
        public void write(LLL_Result r) {
            m.meet(512);
            r.r1 = anon.store(m.first, 0, 7) + " " + anon.store(m.first, 32, 7);
        }

        /** Forks. */
        @Actor
        public void fork(LLL_Result r) {
            m.meet(16);
            child = m.fork(m.second, m.process);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            OperationMapping copy = anon.in(m.adopt(child));
            r.r2 = copy.load(m.arbiter, 0) + " " + copy.load(m.arbiter, 32);
            r.r3 = m.verdict();
        }
    }

    /** The same where fork does not lock the VMAs, so that page faults go on meanwhile. */
    @JCStressTest
    @JCStressMeta(ForkAndFirstWrites.class)
    @Outcome(
            id = "DONE DONE, 0 7, .*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Fork copies page 0, both writes, fork copies page 32: a state that the parent never was in.")
    @State
    public static class ForkAndFirstWritesWithB53 {
        private final ForkAndFirstWrites race = new ForkAndFirstWrites(OperationMachine.with(Fault.B53));

        /** As in {@link ForkAndFirstWrites#write}. */
        @Actor
        public void write(LLL_Result r) {
            race.write(r);
        }

        /** As in {@link ForkAndFirstWrites#fork}. */
        @Actor
        public void fork(LLL_Result r) {
            race.fork(r);
        }

        /** As in {@link ForkAndFirstWrites#arbiter}. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            race.arbiter(r);
        }
    }

    /**
     * S13: fork against a write fault that takes the page back after an earlier fork. r2: what the child reads; r3:
     * what it reads after the parent's next write.
     */
    @JCStressTest
    @Outcome(id = "DONE, 7, 7, ok", expect = ACCEPTABLE, desc = "Fork, then the write fault copies.")
    @Outcome(id = "DONE, 8, 8, ok", expect = ACCEPTABLE, desc = "Write fault, then fork.")
    @State
    public static class ForkAndWriteFault {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);
        private @Nullable Mm child;

        /** The page holds 7 and is write-protected, but nobody else has it any more. */
        public ForkAndWriteFault() {
            anon.store(m.arbiter, 0, 7);
            m.mm.munmap().exitMmap(m.arbiter, m.fork(m.arbiter, m.process));
        }

        /** Writes. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(32);
            r.r1 = anon.store(m.first, 0, 8);
        }

        /** Forks. */
        @Actor
        public void fork(LLLL_Result r) {
            m.meet(32);
            child = m.fork(m.second, m.process);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            OperationMapping copy = anon.in(m.adopt(child));
            r.r2 = copy.load(m.arbiter, 0);
            anon.store(m.arbiter, 0, 9);
            r.r3 = copy.load(m.arbiter, 0);
            r.r4 = m.verdict();
        }
    }

    /** Fork against writes of 8 and 9 through a TLB entry. r2: what the child reads; r3: what it reads later. */
    @JCStressTest
    @Outcome(id = "DONE, 7, 7, ok", expect = ACCEPTABLE, desc = "Fork, then both writes.")
    @Outcome(id = "DONE, 8, 8, ok", expect = ACCEPTABLE, desc = "One write, fork, the other.")
    @Outcome(id = "DONE, 9, 9, ok", expect = ACCEPTABLE, desc = "Both writes, then fork.")
    @State
    public static class ForkAndWriterThroughTlb {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);
        private @Nullable Mm child;

        /** The page holds 7. */
        public ForkAndWriterThroughTlb() {
            anon.store(m.first, 0, 7);
        }

        /** Writes twice. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(64);
            anon.store(m.first, 0, 8);
            r.r1 = anon.store(m.first, 0, 9);
        }

        /** Forks, and the child reads. */
        @Actor
        public void fork(LLLL_Result r) {
            m.meet(1);
            Mm forked = m.fork(m.second, m.process);
            r.r2 = anon.in(forked).load(m.second, 0);
            child = forked;
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = anon.in(m.adopt(child)).load(m.arbiter, 0);
            r.r4 = m.verdict();
        }
    }

    /** Fork against MADV_DONTNEED. r2: what the child reads. */
    @JCStressTest
    @Outcome(id = "0, 7, ok", expect = ACCEPTABLE, desc = "Fork, then zap.")
    @Outcome(id = "0, 0, ok", expect = ACCEPTABLE, desc = "Zap, then fork.")
    @State
    public static class ForkAndZap {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);
        private @Nullable Mm child;

        /** The page holds 7. */
        public ForkAndZap() {
            anon.store(m.arbiter, 0, 7);
        }

        /** Zaps. */
        @Actor
        public void zap(LLL_Result r) {
            m.meet(64);
            r.r1 = anon.dontneed(m.first);
        }

        /** Forks. */
        @Actor
        public void fork(LLL_Result r) {
            m.meet(1);
            child = m.fork(m.second, m.process);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r2 = anon.in(m.adopt(child)).load(m.arbiter, 0);
            r.r3 = m.verdict();
        }
    }

    /** Two forks of one process. r1 and r2: what the children read after the parent's next write. */
    @JCStressTest
    @Outcome(id = "7, 7, ok", expect = ACCEPTABLE, desc = "In either order: each child keeps what was there.")
    @State
    public static class TwoForks {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);
        private @Nullable Mm one;
        private @Nullable Mm two;

        /** The page holds 7. */
        public TwoForks() {
            anon.store(m.arbiter, 0, 7);
        }

        /** Forks. */
        @Actor
        public void first(LLL_Result r) {
            m.meet(16);
            one = m.fork(m.first, m.process);
        }

        /** Forks. */
        @Actor
        public void second(LLL_Result r) {
            m.meet(16);
            two = m.fork(m.second, m.process);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            anon.store(m.arbiter, 0, 8);
            r.r1 = anon.in(m.adopt(one)).load(m.arbiter, 0);
            r.r2 = anon.in(m.adopt(two)).load(m.arbiter, 0);
            r.r3 = m.verdict();
        }
    }
}
