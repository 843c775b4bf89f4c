package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.Noise;
import org.mmrace.mm.AddressSpace;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** Faults on files of a DAX filesystem (fs/dax.c) against other processes that read. */
public final class DaxFaultOperationTests {
    /** Sleeps now and then, most of all before an entry is inserted. */
    private static final Noise NOISE = new Noise(32, 1);

    private DaxFaultOperationTests() {}

    /**
     * S06: a DAX write fault against a read fault of another process at the same hole. r2: what the reader sees; r3:
     * what it sees at last.
     */
    @JCStressTest
    @Outcome(
            id = "DONE, 0, 8, ok",
            expect = ACCEPTABLE,
            desc = "Read fault of the hole, then write fault, which takes the zeropage away.")
    @Outcome(id = "DONE, 8, 8, ok", expect = ACCEPTABLE, desc = "Write fault, then read fault.")
    @State
    public static class WriteFaultAndReadFault {
        private final OperationMachine m;
        private final OperationMapping writer;
        private final OperationMapping reader;

        /** Without faults: the file is one hole. */
        public WriteFaultAndReadFault() {
            this(AFTER);
        }

        WriteFaultAndReadFault(KernelConfig config) {
            m = new OperationMachine(config, NOISE);
            AddressSpace inode = m.file(AddressSpace.Kind.FSDAX, 1);
            writer = m.shared(m.process, inode);
            reader = m.shared(m.newProcess(), inode);
        }

        /** Writes. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(16);
            r.r1 = writer.store(m.first, 0, 8);
        }

        /** Reads. */
        @Actor
        public void read(LLLL_Result r) {
            m.meet(16);
            r.r2 = reader.load(m.second, 0);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = reader.load(m.second, 0);
            r.r4 = m.verdict();
        }
    }

    /** The same where the entry is unlocked before the PTE is inserted. */
    @JCStressTest
    @JCStressMeta(WriteFaultAndReadFault.class)
    @Outcome(
            id = "DONE, 0, 0, .*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Read fault unlocks the hole's entry, write fault, the zeropage is mapped: the data is never seen.")
    @State
    public static class WriteFaultAndReadFaultWithB67 {
        private final WriteFaultAndReadFault race = new WriteFaultAndReadFault(OperationMachine.with(Fault.B67));

        /** As in {@link WriteFaultAndReadFault#write}. */
        @Actor
        public void write(LLLL_Result r) {
            race.write(r);
        }

        /** As in {@link WriteFaultAndReadFault#read}. */
        @Actor
        public void read(LLLL_Result r) {
            race.read(r);
        }

        /** As in {@link WriteFaultAndReadFault#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }

    /**
     * S06: a DAX write fault against reads through a TLB that knows the zeropage. r2: whether the write had returned,
     * and what the reader saw then.
     */
    @JCStressTest
    @Outcome(id = "DONE, before 0, 8, ok", expect = ACCEPTABLE, desc = "Read, then write fault.")
    @Outcome(
            id = "DONE, before 8, 8, ok",
            expect = ACCEPTABLE,
            desc = "Write fault, read, and only then the write returns.")
    @Outcome(id = "DONE, after 8, 8, ok", expect = ACCEPTABLE, desc = "The write has returned, then read.")
    @State
    public static class WriteFaultAndTlb {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final AddressSpace inode = m.file(AddressSpace.Kind.FSDAX, 1);
        private final OperationMapping writer = m.shared(m.process, inode);
        private final OperationMapping reader = m.shared(m.newProcess(), inode);
        private volatile boolean returned;

        /** The reader's TLB knows the zeropage. */
        public WriteFaultAndTlb() {
            reader.load(m.second, 0);
        }

        /** Writes. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(16);
            r.r1 = writer.store(m.first, 0, 8);
            returned = true;
        }

        /** Reads. */
        @Actor
        public void read(LLLL_Result r) {
            m.meet(128);
            String when = returned ? "after " : "before ";
            r.r2 = when + reader.load(m.second, 0);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = reader.load(m.second, 0);
            r.r4 = m.verdict();
        }
    }
}
