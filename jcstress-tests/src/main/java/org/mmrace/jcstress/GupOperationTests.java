package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.mmrace.mm.GupFlags.FORCE;
import static org.mmrace.mm.GupFlags.GET;
import static org.mmrace.mm.GupFlags.LONGTERM;
import static org.mmrace.mm.GupFlags.PIN;
import static org.mmrace.mm.GupFlags.WRITE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Page;
import org.mmrace.mm.VmFlags;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** {@code get_user_pages()} and {@code get_user_pages_fast()} (mm/gup.c) against unmapping and writing. */
public final class GupOperationTests {
    private GupOperationTests() {}

    /**
     * A forced write of a private read-only file mapping against MADV_DONTNEED. r1: what is written to; r3: what is
     * mapped.
     */
    @JCStressTest
    @Outcome(id = "copy, 0, -, ok", expect = ACCEPTABLE, desc = "Write, then zap of the copy.")
    @Outcome(id = "copy, 0, copy, ok", expect = ACCEPTABLE, desc = "Zap, then write.")
    @State
    public static class ForcedWriteAndZap {
        private final OperationMachine m;
        private final OperationMapping file;
        private @Nullable Page got;

        /** Without faults: the file's page is mapped. */
        public ForcedWriteAndZap() {
            this(AFTER);
        }

        ForcedWriteAndZap(KernelConfig config) {
            m = new OperationMachine(config);
            file = m.privately(m.process, m.file(AddressSpace.Kind.PAGE_CACHE, 1), VmFlags.READ);
            file.load(m.arbiter, 0);
        }

        /** Takes the page for writing, as a write of /proc/PID/mem does. */
        @Actor
        public void write(LLLL_Result r) {
            m.meet(16);
            got = file.gup(m.first, 0, GET | WRITE | FORCE);
            r.r1 = m.kind(got);
        }

        /** Zaps. */
        @Actor
        public void zap(LLLL_Result r) {
            m.meet(64);
            r.r2 = file.dontneed(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = m.kind(file.mapped(0));
            r.r4 = m.verdict();
        }
    }

    /** The same where the retry forgets that it is to write: Dirty COW. */
    @JCStressTest
    @JCStressMeta(ForcedWriteAndZap.class)
    @Outcome(
            id = "file, 0, .*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Copy, zap of the copy, retry for reading, which is content with the file's own page.")
    @State
    public static class ForcedWriteAndZapWithB21 {
        private final ForcedWriteAndZap race = new ForcedWriteAndZap(OperationMachine.with(Fault.B21));

        /** As in {@link ForcedWriteAndZap#write}. */
        @Actor
        public void write(LLLL_Result r) {
            race.write(r);
        }

        /** As in {@link ForcedWriteAndZap#zap}. */
        @Actor
        public void zap(LLLL_Result r) {
            race.zap(r);
        }

        /** As in {@link ForcedWriteAndZap#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }

    /**
     * S12: a long-term read pin of the anonymous zeropage against a write. r1: what the pin reads at first; r3: what it
     * reads at last.
     */
    @JCStressTest
    @Outcome(id = "0, DONE, 8, ok", expect = ACCEPTABLE, desc = "Pin, which breaks COW, then write to the pinned page.")
    @Outcome(id = "8, DONE, 8, ok", expect = ACCEPTABLE, desc = "Write, then pin.")
    @State
    public static class LongtermPinAndWrite {
        private final OperationMachine m;
        private final OperationMapping anon;
        private @Nullable Page got;

        /** Without faults: the zeropage is mapped. */
        public LongtermPinAndWrite() {
            this(AFTER);
        }

        LongtermPinAndWrite(KernelConfig config) {
            m = new OperationMachine(config);
            anon = m.anonymous(1);
            anon.load(m.arbiter, 0);
        }

        /** Pins. */
        @Actor
        public void pin(LLLL_Result r) {
            m.meet(16);
            got = anon.gup(m.first, 0, PIN | LONGTERM);
            r.r1 = m.contents(got);
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
            r.r3 = m.contents(got);
            r.r4 = m.verdict();
        }
    }

    /** The same where a read pin is given the zeropage. */
    @JCStressTest
    @JCStressMeta(LongtermPinAndWrite.class)
    @Outcome(
            id = "0, DONE, 0, .*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Pin of the zeropage, then write, which replaces it: the pin never sees the data.")
    @State
    public static class LongtermPinAndWriteWithB09 {
        private final LongtermPinAndWrite race = new LongtermPinAndWrite(OperationMachine.with(Fault.B09));

        /** As in {@link LongtermPinAndWrite#pin}. */
        @Actor
        public void pin(LLLL_Result r) {
            race.pin(r);
        }

        /** As in {@link LongtermPinAndWrite#write}. */
        @Actor
        public void write(LLLL_Result r) {
            race.write(r);
        }

        /** As in {@link LongtermPinAndWrite#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }
}
