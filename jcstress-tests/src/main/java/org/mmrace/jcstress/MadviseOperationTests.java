package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.Objects;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Page;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** {@code madvise(MADV_DONTNEED)} (mm/madvise.c, mm/memory.c) against itself and against users of the pages. */
public final class MadviseOperationTests {
    private MadviseOperationTests() {}

    /**
     * S11: MADV_DONTNEED of eight pages twice, each followed by a read through a TLB that knew the first page. r1 and
     * r2: what the reads see.
     */
    @JCStressTest
    @Outcome(
            id = "0, 0, ok",
            expect = ACCEPTABLE,
            desc = "In any order: the old data is gone for whoever has returned.")
    @State
    public static class TwoZapsAndLoads {
        private final OperationMachine m;
        private final OperationMapping anon;

        /** Without faults: eight pages hold 7, and both TLBs know the first. */
        public TwoZapsAndLoads() {
            this(AFTER);
        }

        TwoZapsAndLoads(KernelConfig config) {
            m = new OperationMachine(config);
            anon = m.anonymous(8);
            for (int i = 0; i < 8; i++) {
                anon.store(m.first, i, 7);
            }
            anon.load(m.second, 0);
        }

        /** Zaps, then reads. */
        @Actor
        public void first(LLL_Result r) {
            m.meet(16);
            anon.dontneed(m.first);
            r.r1 = anon.load(m.first, 0);
        }

        /** Zaps, then reads. */
        @Actor
        public void second(LLL_Result r) {
            m.meet(16);
            anon.dontneed(m.second);
            r.r2 = anon.load(m.second, 0);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = m.verdict();
        }
    }

    /** The same where a gather that finds nothing flushes nothing. */
    @JCStressTest
    @JCStressMeta(TwoZapsAndLoads.class)
    @Outcome(
            id = {"7, 0, .*", "0, 7, .*"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "One clears the entry, the other finds it empty, returns, and reads through its TLB.")
    @State
    public static class TwoZapsAndLoadsWithB43 {
        private final TwoZapsAndLoads race = new TwoZapsAndLoads(OperationMachine.with(Fault.B43));

        /** As in {@link TwoZapsAndLoads#first}. */
        @Actor
        public void first(LLL_Result r) {
            race.first(r);
        }

        /** As in {@link TwoZapsAndLoads#second}. */
        @Actor
        public void second(LLL_Result r) {
            race.second(r);
        }

        /** As in {@link TwoZapsAndLoads#arbiter}. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            race.arbiter(r);
        }
    }

    /**
     * S15: MADV_DONTNEED of a shared page against a write through a TLB entry that is not dirty yet. r3: what the file
     * holds, and whether it will be kept.
     */
    @JCStressTest
    @Outcome(
            id = "0, DONE, 8 dirty, ok",
            expect = ACCEPTABLE,
            desc = "In any order: the dirty bit is carried over, or set by a new fault.")
    @State
    public static class ZapAndTlbWriter {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final AddressSpace inode = m.file(AddressSpace.Kind.SHMEM, 1);
        private final OperationMapping file = m.shared(m.process, inode);

        /** The page is clean, and the writer's TLB knows it. */
        public ZapAndTlbWriter() {
            file.load(m.second, 0);
        }

        /** Zaps. */
        @Actor
        public void zap(LLLL_Result r) {
            m.meet(16);
            r.r1 = file.dontneed(m.first);
        }

        /** Writes. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(64);
            r.r2 = file.store(m.second, 0, 8);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            String value = file.load(m.arbiter, 0);
            boolean kept = m.isDirty(file.mapped(0)) || file.pte(0).contains("d");
            r.r3 = value + (kept ? " dirty" : " clean");
            r.r4 = m.verdict();
        }
    }

    /**
     * S15: as before, with a TLB entry that is dirty already: the page must not be seen unmapped while a write is under
     * way. r2: what is there when the zap has returned.
     */
    @JCStressTest
    @Outcome(id = "DONE, 7, 8, ok", expect = ACCEPTABLE, desc = "Zap, then write, which faults.")
    @Outcome(id = "DONE, 8, 8, ok", expect = ACCEPTABLE, desc = "Write, then zap.")
    @State
    public static class ZapAndDirtyTlbWriter {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping file = m.shared(m.process, m.file(AddressSpace.Kind.PAGE_CACHE, 1));
        private final Page page;

        /** The page holds 7, is dirty, and the writer's TLB knows it. */
        public ZapAndDirtyTlbWriter() {
            file.store(m.first, 0, 7);
            page = Objects.requireNonNull(file.mapped(0));
        }

        /** Writes. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(64);
            r.r1 = file.store(m.first, 0, 8);
        }

        /** Zaps. */
        @Actor
        public void zap(LLLL_Result r) {
            m.meet(16);
            file.dontneed(m.second);
            r.r2 = m.contents(page);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = file.load(m.arbiter, 0);
            r.r4 = m.verdict();
        }
    }

    /** MADV_DONTNEED against a write fault that copies. r3: what is read at last. */
    @JCStressTest
    @Outcome(id = "0, DONE, 0, ok", expect = ACCEPTABLE, desc = "Write, then zap.")
    @Outcome(id = "0, DONE, 8, ok", expect = ACCEPTABLE, desc = "Zap, then write.")
    @State
    public static class ZapAndWriteFault {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** The zeropage is mapped. */
        public ZapAndWriteFault() {
            anon.load(m.arbiter, 0);
        }

        /** Zaps. */
        @Actor
        public void zap(LLLL_Result r) {
            m.meet(32);
            r.r1 = anon.dontneed(m.first);
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
            r.r3 = anon.load(m.arbiter, 0);
            r.r4 = m.verdict();
        }
    }

    /** MADV_DONTNEED against munmap. */
    @JCStressTest
    @Outcome(id = "0, 0, ok", expect = ACCEPTABLE, desc = "Zap, then munmap.")
    @Outcome(id = "-ENOMEM, 0, ok", expect = ACCEPTABLE, desc = "Munmap, then zap.")
    @State
    public static class ZapAndMunmap {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** The page holds 7. */
        public ZapAndMunmap() {
            anon.store(m.arbiter, 0, 7);
        }

        /** Zaps. */
        @Actor
        public void zap(LLL_Result r) {
            m.meet(16);
            r.r1 = anon.dontneed(m.first);
        }

        /** Unmaps. */
        @Actor
        public void unmap(LLL_Result r) {
            m.meet(16);
            r.r2 = anon.munmap(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = m.verdict();
        }
    }
}
