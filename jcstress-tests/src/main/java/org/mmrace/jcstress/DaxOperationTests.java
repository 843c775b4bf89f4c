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
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** Faults on files of a DAX filesystem (fs/dax.c) against writes, write(2) and munmap. */
public final class DaxOperationTests {
    private DaxOperationTests() {}

    /**
     * S07: a DAX write fault where the zeropage is mapped against write(2) to the same hole. r3: what the mapping reads
     * at last, then the block.
     */
    @JCStressTest
    @Outcome(id = "DONE, 1, 9 9, ok", expect = ACCEPTABLE, desc = "Write fault, then write(2).")
    @Outcome(id = "DONE, 1, 8 8, ok", expect = ACCEPTABLE, desc = "Write(2), then write fault.")
    @State
    public static class WriteFaultAndWrite {
        private final OperationMachine m;
        private final AddressSpace inode;
        private final OperationMapping file;

        /** Without faults: the zeropage is mapped. */
        public WriteFaultAndWrite() {
            this(AFTER);
        }

        WriteFaultAndWrite(KernelConfig config) {
            m = new OperationMachine(config);
            inode = m.file(AddressSpace.Kind.FSDAX, 1);
            file = m.shared(m.process, inode);
            file.load(m.arbiter, 0);
        }

        /** Writes through the mapping. */
        @Actor
        public void fault(LLLL_Result r) {
            m.meet(32);
            r.r1 = file.store(m.first, 0, 8);
        }

        /** Writes with write(2). */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(16);
            r.r2 = m.write(m.second, inode, 0, 9);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = file.load(m.arbiter, 0) + " " + m.contents(m.mm.dax().blockPage(inode, 0));
            r.r4 = m.verdict();
        }
    }

    /** The same where a write fault that meets the zeropage makes it writable. */
    @JCStressTest
    @JCStressMeta(WriteFaultAndWrite.class)
    @Outcome(
            id = "DONE, 1, .*, I03.*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Write(2) drops the entry, write fault upgrades the zeropage and writes to it, write(2) unmaps it.")
    @State
    public static class WriteFaultAndWriteWithB12 {
        private final WriteFaultAndWrite race = new WriteFaultAndWrite(OperationMachine.with(Fault.B12));

        /** As in {@link WriteFaultAndWrite#fault}. */
        @Actor
        public void fault(LLLL_Result r) {
            race.fault(r);
        }

        /** As in {@link WriteFaultAndWrite#write}. */
        @Actor
        public void write(LLLL_Result r) {
            race.write(r);
        }

        /** As in {@link WriteFaultAndWrite#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }

    /** DAX write faults of two processes at the same hole. r3: what both read at last. */
    @JCStressTest
    @Outcome(id = "DONE, DONE, 2 2, ok", expect = ACCEPTABLE, desc = "The first actor, then the second.")
    @Outcome(id = "DONE, DONE, 1 1, ok", expect = ACCEPTABLE, desc = "The second actor, then the first.")
    @State
    public static class TwoWriteFaults {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final AddressSpace inode = m.file(AddressSpace.Kind.FSDAX, 1);
        private final OperationMapping one = m.shared(m.process, inode);
        private final OperationMapping two = m.shared(m.newProcess(), inode);

        /** The file is one hole. */
        public TwoWriteFaults() {}

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
     * A read fault of a DAX hole against munmap of another process that maps it. r3: how the zeropage is counted after
     * the reader has unmapped too.
     */
    @JCStressTest
    @Outcome(id = "0, 0, ref 1 map 0, ok", expect = ACCEPTABLE, desc = "In any order: mapping the hole costs nothing.")
    @State
    public static class ReadFaultAndMunmap {
        private final OperationMachine m;
        private final OperationMapping one;
        private final OperationMapping two;

        /** Without faults: one process maps the hole. */
        public ReadFaultAndMunmap() {
            this(AFTER);
        }

        ReadFaultAndMunmap(KernelConfig config) {
            m = new OperationMachine(config);
            AddressSpace inode = m.file(AddressSpace.Kind.FSDAX, 1);
            one = m.shared(m.process, inode);
            two = m.shared(m.newProcess(), inode);
            two.load(m.arbiter, 0);
        }

        /** Reads. */
        @Actor
        public void read(LLLL_Result r) {
            m.meet(16);
            r.r1 = one.load(m.first, 0);
        }

        /** Unmaps. */
        @Actor
        public void unmap(LLLL_Result r) {
            m.meet(16);
            r.r2 = two.munmap(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            one.munmap(m.arbiter);
            r.r3 = m.counts(m.zero());
            r.r4 = m.verdict();
        }
    }

    /** The same before the series and without special entries: B01. */
    @JCStressTest
    @JCStressMeta(ReadFaultAndMunmap.class)
    @Outcome(
            id = "0, 0, ref 3 map 2, .*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "In any order: each read has added a reference and a mapcount that munmap does not see.")
    @State
    public static class ReadFaultAndMunmapWithB01 {
        private final ReadFaultAndMunmap race = new ReadFaultAndMunmap(OperationMachine.with(Fault.B01));

        /** As in {@link ReadFaultAndMunmap#read}. */
        @Actor
        public void read(LLLL_Result r) {
            race.read(r);
        }

        /** As in {@link ReadFaultAndMunmap#unmap}. */
        @Actor
        public void unmap(LLLL_Result r) {
            race.unmap(r);
        }

        /** As in {@link ReadFaultAndMunmap#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }
}
