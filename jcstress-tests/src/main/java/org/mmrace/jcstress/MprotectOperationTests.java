package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.mmrace.jcstress.OperationMachine.BROADCAST;
import static org.mmrace.mm.GupFlags.FAST_ONLY;
import static org.mmrace.mm.GupFlags.GET;
import static org.mmrace.mm.GupFlags.WRITE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.Noise;
import org.mmrace.mm.Page;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** {@code mprotect(PROT_READ)} (mm/mprotect.c) against writers, GUP and itself. */
public final class MprotectOperationTests {
    /** Sleeps now and then, most of all between reading an entry and grabbing its page. */
    private static final Noise NOISE = new Noise(16, 1);

    private MprotectOperationTests() {}

    /**
     * S08: mprotect(PROT_READ) against a write through a TLB entry. r2: what the page holds when mprotect returns; r3:
     * what it holds at last.
     */
    @JCStressTest
    @Outcome(id = "DONE, 8, 8, ok", expect = ACCEPTABLE, desc = "Write, then mprotect.")
    @Outcome(id = "SIGSEGV, 7, 7, ok", expect = ACCEPTABLE, desc = "Mprotect, then write.")
    @State
    public static class ReadOnlyAndWriter {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** The page holds 7, and the writer's TLB knows it. */
        public ReadOnlyAndWriter() {
            anon.store(m.first, 0, 7);
        }

        /** Writes. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(32);
            r.r1 = anon.store(m.first, 0, 8);
        }

        /** Takes the right to write away. */
        @Actor
        public void protect(LLLL_Result r) {
            m.meet(16);
            anon.mprotectRead(m.second);
            r.r2 = m.contents(anon.mapped(0));
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = m.contents(anon.mapped(0));
            r.r4 = m.verdict();
        }
    }

    /** S08: mprotect(PROT_READ) against a GUP-fast GET for writing. r2: the page's references when mprotect returns. */
    @JCStressTest
    @Outcome(id = "1, 2, ok", expect = ACCEPTABLE, desc = "Get, then mprotect: what was got may still be written.")
    @Outcome(id = "0, 1, ok", expect = ACCEPTABLE, desc = "Mprotect, then get, which fails.")
    @Outcome(id = "0, 2, ok", expect = ACCEPTABLE, desc = "Grab, mprotect, look at the entry again, put.")
    @State
    public static class ReadOnlyAndFastWriteGet {
        private final OperationMachine m;
        private final OperationMapping anon;
        private @Nullable Page got;

        /** Without faults: the page is writable. */
        public ReadOnlyAndFastWriteGet() {
            this(BROADCAST);
        }

        ReadOnlyAndFastWriteGet(KernelConfig config) {
            m = new OperationMachine(config, NOISE);
            anon = m.anonymous(1);
            anon.store(m.arbiter, 0, 7);
        }

        /** Gets. */
        @Actor
        public void get(LLL_Result r) {
            m.meet(64);
            got = anon.gupFast(m.first, 0, GET | WRITE | FAST_ONLY);
            r.r1 = got == null ? 0 : 1;
        }

        /** Takes the right to write away. */
        @Actor
        public void protect(LLL_Result r) {
            m.meet(16);
            anon.mprotectRead(m.second);
            r.r2 = m.references(anon.mapped(0));
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = m.verdict();
        }
    }

    /** The same where the entry is not looked at again after the grab. */
    @JCStressTest
    @JCStressMeta(ReadOnlyAndFastWriteGet.class)
    @Outcome(
            id = "1, 1, .*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Entry read, mprotect returns, grab: a page for writing where nothing may be written.")
    @State
    public static class ReadOnlyAndFastWriteGetWithB30 {
        private final ReadOnlyAndFastWriteGet race = new ReadOnlyAndFastWriteGet(BROADCAST.with(Fault.B30));

        /** As in {@link ReadOnlyAndFastWriteGet#get}. */
        @Actor
        public void get(LLL_Result r) {
            race.get(r);
        }

        /** As in {@link ReadOnlyAndFastWriteGet#protect}. */
        @Actor
        public void protect(LLL_Result r) {
            race.protect(r);
        }

        /** As in {@link ReadOnlyAndFastWriteGet#arbiter}. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            race.arbiter(r);
        }
    }

    /**
     * S08: mprotect(PROT_READ) against a GET for writing that falls back to the slow path. r2: the page's references
     * when mprotect returns.
     */
    @JCStressTest
    @Outcome(id = "1, 2, ok", expect = ACCEPTABLE, desc = "Get, then mprotect.")
    @Outcome(id = "0, 1, ok", expect = ACCEPTABLE, desc = "Mprotect, then get, which fails.")
    @Outcome(id = "0, 2, ok", expect = ACCEPTABLE, desc = "Grab, mprotect, look at the entry again, put.")
    @State
    public static class ReadOnlyAndWriteGet {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);
        private @Nullable Page got;

        /** The page is writable. */
        public ReadOnlyAndWriteGet() {
            anon.store(m.arbiter, 0, 7);
        }

        /** Gets. */
        @Actor
        public void get(LLL_Result r) {
            m.meet(32);
            got = anon.gupFast(m.first, 0, GET | WRITE);
            r.r1 = got == null ? 0 : 1;
        }

        /** Takes the right to write away. */
        @Actor
        public void protect(LLL_Result r) {
            m.meet(16);
            anon.mprotectRead(m.second);
            r.r2 = m.references(anon.mapped(0));
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLL_Result r) {
            r.r3 = m.verdict();
        }
    }

    /** mprotect(PROT_READ) against mprotect(PROT_READ | PROT_WRITE). r3: how a write ends afterwards. */
    @JCStressTest
    @Outcome(id = "0, 0, DONE, ok", expect = ACCEPTABLE, desc = "Read-only, then writable.")
    @Outcome(id = "0, 0, SIGSEGV, ok", expect = ACCEPTABLE, desc = "Writable, then read-only.")
    @State
    public static class TwoMprotects {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** The page holds 7. */
        public TwoMprotects() {
            anon.store(m.arbiter, 0, 7);
        }

        /** Takes the right to write away. */
        @Actor
        public void readOnly(LLLL_Result r) {
            m.meet(16);
            r.r1 = anon.mprotectRead(m.first);
        }

        /** Gives the right to write. */
        @Actor
        public void writable(LLLL_Result r) {
            m.meet(16);
            r.r2 = anon.mprotectReadWrite(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = anon.store(m.arbiter, 0, 8);
            r.r4 = m.verdict();
        }
    }

    /** mprotect(PROT_READ) against the first write. r3: the entry. */
    @JCStressTest
    @Outcome(id = "DONE, 0, Nda, ok", expect = ACCEPTABLE, desc = "Write fault, then mprotect.")
    @Outcome(
            id = "SIGSEGV, 0, Nda, ok",
            expect = ACCEPTABLE,
            desc = "Write fault, mprotect, and then the write is tried again.")
    @Outcome(id = "SIGSEGV, 0, -, ok", expect = ACCEPTABLE, desc = "Mprotect, then write.")
    @State
    public static class ReadOnlyAndFirstWrite {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);

        /** Nothing is mapped. */
        public ReadOnlyAndFirstWrite() {}

        /** Writes. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(16);
            r.r1 = anon.store(m.first, 0, 8);
        }

        /** Takes the right to write away. */
        @Actor
        public void protect(LLLL_Result r) {
            m.meet(32);
            r.r2 = anon.mprotectRead(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = anon.pte(0);
            r.r4 = m.verdict();
        }
    }
}
