package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.mm.AddressSpace;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** VMAs that change or go (mm/mmap.c, include/linux/mm.h) against those who use them. */
public final class VmaOperationTests {
    private VmaOperationTests() {}

    /**
     * S14: readers under the VMA lock against mprotect, which changes the flags of the VMA and then its page_prot. r1:
     * mprotect; r2: what eight readers saw.
     */
    @JCStressTest
    @Outcome(
            id = "0, whole, ok",
            expect = ACCEPTABLE,
            desc = "Each reader saw both fields as before or both as after, or took no lock.")
    @State
    public static class MprotectAndReader {
        private final OperationMachine m;
        private final OperationMapping file;

        /** Without faults: shared memory that may be written. */
        public MprotectAndReader() {
            this(AFTER);
        }

        MprotectAndReader(KernelConfig config) {
            m = new OperationMachine(config);
            file = m.shared(m.process, m.file(AddressSpace.Kind.SHMEM, 1));
        }

        /** Takes the right to write away. */
        @Actor
        public void protect(LLL_Result r) {
            m.meet(16);
            r.r1 = file.mprotectRead(m.first);
        }

        /** Reads both fields under the VMA lock, again and again. */
        @Actor
        public void read(LLL_Result r) {
            m.meet(1);
            boolean whole = true;
            for (int i = 0; i < 8; i++) {
                whole &= file.vmaIsWhole(m.second);
            }
            r.r2 = whole ? "whole" : "half";
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = m.verdict();
        }
    }

    /** The same where the end of the VMA write lock is visible before what was written under it. */
    @JCStressTest
    @JCStressMeta(MprotectAndReader.class)
    @Outcome(
            id = "0, half, .*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Lock, flags changed, reader, page_prot changed: the reader sees one without the other.")
    @State
    public static class MprotectAndReaderWithB56 {
        private final MprotectAndReader race = new MprotectAndReader(OperationMachine.with(Fault.B56));

        /** As in {@link MprotectAndReader#protect}. */
        @Actor
        public void protect(LLL_Result r) {
            race.protect(r);
        }

        /** As in {@link MprotectAndReader#read}. */
        @Actor
        public void read(LLL_Result r) {
            race.read(r);
        }

        /** As in {@link MprotectAndReader#arbiter}. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            race.arbiter(r);
        }
    }

    /** munmap against a first write under the VMA lock. */
    @JCStressTest
    @Outcome(id = "0, DONE, ok", expect = ACCEPTABLE, desc = "Write fault, then munmap.")
    @Outcome(id = "0, SIGSEGV, ok", expect = ACCEPTABLE, desc = "Munmap, then write.")
    @State
    public static class MunmapAndFault {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** Nothing is mapped. */
        public MunmapAndFault() {}

        /** Unmaps. */
        @Actor
        public void unmap(LLL_Result r) {
            m.meet(32);
            r.r1 = anon.munmap(m.first);
        }

        /** Writes. */
        @Actor
        public void write(LLL_Result r) {
            m.meet(16);
            r.r2 = anon.store(m.second, 0, 8);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = m.verdict();
        }
    }

    /** munmap against a read through a TLB entry. */
    @JCStressTest
    @Outcome(id = "0, 7, ok", expect = ACCEPTABLE, desc = "Read, then munmap.")
    @Outcome(id = "0, SIGSEGV, ok", expect = ACCEPTABLE, desc = "Munmap, then read.")
    @State
    public static class MunmapAndLoad {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** The page holds 7, and the reader's TLB knows it. */
        public MunmapAndLoad() {
            anon.store(m.second, 0, 7);
        }

        /** Unmaps. */
        @Actor
        public void unmap(LLL_Result r) {
            m.meet(16);
            r.r1 = anon.munmap(m.first);
        }

        /** Reads. */
        @Actor
        public void read(LLL_Result r) {
            m.meet(64);
            r.r2 = anon.load(m.second, 0);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = m.verdict();
        }
    }

    /** munmap twice. */
    @JCStressTest
    @Outcome(
            id = "0, 0, ok",
            expect = ACCEPTABLE,
            desc = "One, then the other, which finds nothing and says so with 0.")
    @State
    public static class TwoMunmaps {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** The page holds 7. */
        public TwoMunmaps() {
            anon.store(m.arbiter, 0, 7);
        }

        /** Unmaps. */
        @Actor
        public void first(LLL_Result r) {
            m.meet(16);
            r.r1 = anon.munmap(m.first);
        }

        /** Unmaps. */
        @Actor
        public void second(LLL_Result r) {
            m.meet(16);
            r.r2 = anon.munmap(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = m.verdict();
        }
    }

    /** munmap against mprotect. */
    @JCStressTest
    @Outcome(id = "0, 0, ok", expect = ACCEPTABLE, desc = "Mprotect, then munmap.")
    @Outcome(id = "0, -ENOMEM, ok", expect = ACCEPTABLE, desc = "Munmap, then mprotect.")
    @State
    public static class MunmapAndMprotect {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** The page holds 7. */
        public MunmapAndMprotect() {
            anon.store(m.arbiter, 0, 7);
        }

        /** Unmaps. */
        @Actor
        public void unmap(LLL_Result r) {
            m.meet(16);
            r.r1 = anon.munmap(m.first);
        }

        /** Takes the right to write away. */
        @Actor
        public void protect(LLL_Result r) {
            m.meet(16);
            r.r2 = anon.mprotectRead(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = m.verdict();
        }
    }
}
