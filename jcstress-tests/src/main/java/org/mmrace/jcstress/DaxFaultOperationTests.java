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

    private static final int PAGES = 8;

    private DaxFaultOperationTests() {}

    /**
     * S06: DAX write faults against read faults of another process at the same holes, page by page. r2: how many writes
     * the reader sees; r3: what it sees at last.
     */
    @JCStressTest
    @Outcome(
            id = "DONE, none, 8, ok",
            expect = ACCEPTABLE,
            desc = "Read faults of the holes, then write faults, which take the zeropage away.")
    @Outcome(id = "DONE, some, 8, ok", expect = ACCEPTABLE, desc = "Some pages are read first, others written first.")
    @Outcome(id = "DONE, all, 8, ok", expect = ACCEPTABLE, desc = "Write faults, then read faults.")
    @State
    public static class WriteFaultAndReadFault {
        private final OperationMachine m;
        private final OperationMapping writer;
        private final OperationMapping reader;

        /** Without faults: the file is all holes. */
        public WriteFaultAndReadFault() {
            this(AFTER);
        }

        WriteFaultAndReadFault(KernelConfig config) {
            m = new OperationMachine(config, NOISE);
            AddressSpace inode = m.file(AddressSpace.Kind.FSDAX, PAGES);
            writer = m.shared(m.process, inode);
            reader = m.shared(m.newProcess(), inode);
        }

        /** Writes. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(16);
            for (int i = 0; i < PAGES; i++) {
                r.r1 = writer.store(m.first, i, 8);
            }
        }

        /** Reads. */
        @Actor
        public void read(LLLL_Result r) {
            m.meet(512);
            int seen = 0;
            for (int i = 0; i < PAGES; i++) {
                seen += reader.load(m.second, i).equals("8") ? 1 : 0;
            }
            r.r2 = seen == 0 ? "none" : seen == PAGES ? "all" : "some";
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = "8";
            for (int i = 0; i < PAGES; i++) {
                String value = reader.load(m.second, i);
                if (!value.equals("8")) {
                    r.r3 = value;
                }
            }
            r.r4 = m.verdict();
        }
    }

    /** The same where the entry is unlocked before the PTE is inserted. */
    @JCStressTest
    @JCStressMeta(WriteFaultAndReadFault.class)
    @Outcome(
            id = "DONE, (none|some), 0, .*",
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
