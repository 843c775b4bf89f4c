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

/** {@code mprotect(PROT_READ | PROT_WRITE)} (mm/mprotect.c): what must not become writable at once. */
public final class MprotectUpgradeOperationTests {
    private MprotectUpgradeOperationTests() {}

    /**
     * mprotect(PROT_READ | PROT_WRITE) of a clean file page against a write. r3: whether the file knows that it is to
     * be written back.
     */
    @JCStressTest
    @Outcome(id = "0, DONE, dirty, ok", expect = ACCEPTABLE, desc = "Mprotect, then write, which faults once.")
    @Outcome(id = "0, SIGSEGV, clean, ok", expect = ACCEPTABLE, desc = "Write, then mprotect.")
    @State
    public static class WritableAndFileWriter {
        private final OperationMachine m;
        private final OperationMapping file;

        /** Without faults: the page is mapped read-only, and clean. */
        public WritableAndFileWriter() {
            this(AFTER);
        }

        WritableAndFileWriter(KernelConfig config) {
            m = new OperationMachine(config);
            file = m.shared(m.process, m.file(AddressSpace.Kind.PAGE_CACHE, 1));
            file.load(m.arbiter, 0);
            file.mprotectRead(m.arbiter);
        }

        /** Gives the right to write. */
        @Actor
        public void protect(LLLL_Result r) {
            m.meet(16);
            r.r1 = file.mprotectReadWrite(m.first);
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
            r.r3 = m.isDirty(file.mapped(0)) ? "dirty" : "clean";
            r.r4 = m.verdict();
        }
    }

    /** The same where mprotect makes clean entries writable. */
    @JCStressTest
    @JCStressMeta(WritableAndFileWriter.class)
    @Outcome(
            id = "0, DONE, clean, .*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Mprotect, then write: nobody notices, and the data is lost when the page is dropped.")
    @State
    public static class WritableAndFileWriterWithB40 {
        private final WritableAndFileWriter race = new WritableAndFileWriter(OperationMachine.with(Fault.B40));

        /** As in {@link WritableAndFileWriter#protect}. */
        @Actor
        public void protect(LLLL_Result r) {
            race.protect(r);
        }

        /** As in {@link WritableAndFileWriter#write}. */
        @Actor
        public void write(LLLL_Result r) {
            race.write(r);
        }

        /** As in {@link WritableAndFileWriter#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }

    /**
     * mprotect(PROT_READ | PROT_WRITE) of a page that a child shares, then a write, against reads of the child. r2:
     * what the child reads; r3: what it reads at last.
     */
    @JCStressTest
    @Outcome(id = "DONE, 7, 7, ok", expect = ACCEPTABLE, desc = "In any order: the write copies.")
    @State
    public static class WritableAndChild {
        private final OperationMachine m;
        private final OperationMapping anon;
        private final OperationMapping child;

        /** Without faults: parent and child share a page that holds 7. */
        public WritableAndChild() {
            this(AFTER);
        }

        WritableAndChild(KernelConfig config) {
            m = new OperationMachine(config);
            anon = m.anonymous(1);
            anon.store(m.arbiter, 0, 7);
            child = anon.in(m.adopt(m.fork(m.arbiter, m.process)));
            anon.mprotectRead(m.arbiter);
        }

        /** The parent gets the right to write, and writes. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(16);
            anon.mprotectReadWrite(m.first);
            r.r1 = anon.store(m.first, 0, 8);
        }

        /** The child reads. */
        @Actor
        public void read(LLLL_Result r) {
            m.meet(64);
            r.r2 = child.load(m.second, 0);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = child.load(m.arbiter, 0);
            r.r4 = m.verdict();
        }
    }

    /** The same where mprotect makes entries of shared pages writable. */
    @JCStressTest
    @JCStressMeta(WritableAndChild.class)
    @Outcome(
            id = {"DONE, 8, 8, .*", "DONE, 7, 8, .*"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "Mprotect, then write: the child reads what the parent wrote.")
    @State
    public static class WritableAndChildWithB40 {
        private final WritableAndChild race = new WritableAndChild(OperationMachine.with(Fault.B40));

        /** As in {@link WritableAndChild#write}. */
        @Actor
        public void write(LLLL_Result r) {
            race.write(r);
        }

        /** As in {@link WritableAndChild#read}. */
        @Actor
        public void read(LLLL_Result r) {
            race.read(r);
        }

        /** As in {@link WritableAndChild#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }
}
