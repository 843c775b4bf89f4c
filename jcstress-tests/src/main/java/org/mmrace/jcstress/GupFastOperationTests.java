package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.BROADCAST;
import static org.mmrace.mm.GupFlags.FAST_ONLY;
import static org.mmrace.mm.GupFlags.GET;
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

/** {@code get_user_pages_fast()} (mm/gup.c) against the end of a page. */
public final class GupFastOperationTests {
    /** Sleeps now and then, most of all between reading an entry and grabbing its page. */
    private static final Noise NOISE = new Noise(16, 1);

    private GupFastOperationTests() {}

    /** S04: GUP-fast GET against munmap and the owner's last put. r3: what became of the page. */
    @JCStressTest
    @Outcome(id = "1, 0, kept, ok", expect = ACCEPTABLE, desc = "Get, then munmap and put: the page lives on.")
    @Outcome(
            id = "0, 0, free, ok",
            expect = ACCEPTABLE,
            desc = "Munmap, then get, which finds nothing or a page without references.")
    @State
    public static class FastGetAndLastPut {
        private final OperationMachine m;
        private final OperationMapping ring;
        private final Page page;
        private @Nullable Page got;

        /** Without faults: the page is mapped. */
        public FastGetAndLastPut() {
            this(BROADCAST);
        }

        FastGetAndLastPut(KernelConfig config) {
            m = new OperationMachine(config, NOISE);
            ring = m.ringBuffer(1);
            page = m.page();
            ring.insert(m.arbiter, 0, page);
        }

        /** Gets. */
        @Actor
        public void get(LLLL_Result r) {
            m.meet(128);
            got = ring.gupFast(m.first, 0, GET | FAST_ONLY);
            r.r1 = got == null ? 0 : 1;
        }

        /** Unmaps, and gives the driver's reference up. */
        @Actor
        public void unmap(LLLL_Result r) {
            m.meet(1);
            r.r2 = ring.munmap(m.second);
            m.put(m.second, page);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r4 = m.verdict();
            boolean free = page.freed().get() != 0;
            r.r3 = m.freedTwice() ? "freed twice" : free ? "free" : "kept";
        }
    }

    /** The same where the grab adds to a count of 0. */
    @JCStressTest
    @JCStressMeta(FastGetAndLastPut.class)
    @Outcome(
            id = "0, 0, freed twice, .*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Entry read, munmap and last put, grab of the free page, whose undoing frees it again.")
    @State
    public static class FastGetAndLastPutWithB31 {
        private final FastGetAndLastPut race = new FastGetAndLastPut(BROADCAST.with(Fault.B31));

        /** As in {@link FastGetAndLastPut#get}. */
        @Actor
        public void get(LLLL_Result r) {
            race.get(r);
        }

        /** As in {@link FastGetAndLastPut#unmap}. */
        @Actor
        public void unmap(LLLL_Result r) {
            race.unmap(r);
        }

        /** As in {@link FastGetAndLastPut#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }

    /** S04: as before, and the frame is allocated again at once. r3: whose page was got. */
    @JCStressTest
    @Outcome(id = "1, 0, mine, ok", expect = ACCEPTABLE, desc = "Get, then munmap and put: the page lives on.")
    @Outcome(id = "0, 0, -, ok", expect = ACCEPTABLE, desc = "Munmap, then get.")
    @State
    public static class FastGetAndReuse {
        private final OperationMachine m;
        private final OperationMapping ring;
        private final Page page;
        private @Nullable Page reused;
        private @Nullable Page got;

        /** Without faults: the page is mapped. */
        public FastGetAndReuse() {
            this(BROADCAST);
        }

        FastGetAndReuse(KernelConfig config) {
            m = new OperationMachine(config, NOISE);
            ring = m.ringBuffer(1);
            page = m.page();
            ring.insert(m.arbiter, 0, page);
        }

        /** Gets. */
        @Actor
        public void get(LLLL_Result r) {
            m.meet(128);
            got = ring.gupFast(m.first, 0, GET | FAST_ONLY);
            r.r1 = got == null ? 0 : 1;
        }

        /** Unmaps, gives the driver's reference up, and allocates for another purpose. */
        @Actor
        public void unmap(LLLL_Result r) {
            m.meet(1);
            r.r2 = ring.munmap(m.second);
            m.put(m.second, page);
            reused = m.page(m.second);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            r.r3 = got == null ? "-" : got == reused ? "another's" : "mine";
            r.r4 = m.verdict();
        }
    }

    /** The same where the entry is not looked at again after the grab. */
    @JCStressTest
    @JCStressMeta(FastGetAndReuse.class)
    @Outcome(
            id = "1, 0, another's, .*",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Entry read, munmap, last put, allocation, grab: the caller gets somebody else's page.")
    @State
    public static class FastGetAndReuseWithB30 {
        private final FastGetAndReuse race = new FastGetAndReuse(BROADCAST.with(Fault.B30));

        /** As in {@link FastGetAndReuse#get}. */
        @Actor
        public void get(LLLL_Result r) {
            race.get(r);
        }

        /** As in {@link FastGetAndReuse#unmap}. */
        @Actor
        public void unmap(LLLL_Result r) {
            race.unmap(r);
        }

        /** As in {@link FastGetAndReuse#arbiter}. */
        @Arbiter
        public void arbiter(LLLL_Result r) {
            race.arbiter(r);
        }
    }
}
