package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.mm.MmParts;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** arch/x86/mm/tlb.c: what each of the two waits of a TLB flush is for. Each test drops one, or both. */
public final class TlbWaitTests {
    private TlbWaitTests() {}

    /** Weakened: the zapper drops the entry and waits for nobody. */
    @JCStressTest
    @JCStressMeta(TlbTests.LoaderAndZapper.class)
    @Outcome(
            id = {"1, 1", "2, 1"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "The walker reads the entry, the zapper clears and invalidates, then the loader fills its TLB.")
    @Outcome(
            id = "2, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The loader has its entry, the zapper clears, invalidates and reuses, then the loader reads.")
    @State
    public static class WeakenedWithoutWaiting {
        private final TlbTests.Frame frame = new TlbTests.Frame(MmParts.CONFIG, 0);

        /** A load of user mode. */
        @Actor
        public void loader(II_Result r) {
            r.r1 = frame.load();
        }

        /** Zap, with a flush that does not wait. */
        @Actor
        public void zapper() {
            frame.clear();
            frame.invalidate();
            frame.reuse();
        }

        /** Whether an entry is left. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = frame.stale();
        }
    }

    /** Weakened: the zapper does not wait for walks under way before it drops the entry. */
    @JCStressTest
    @JCStressMeta(TlbTests.LoaderAndZapper.class)
    @Outcome(
            id = "1, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The walker reads the entry, the zapper clears and invalidates, then the loader fills its TLB.")
    @State
    public static class WeakenedWithoutFirstWait {
        private final TlbTests.Frame frame = new TlbTests.Frame(MmParts.CONFIG, 0);

        /** A load of user mode. */
        @Actor
        public void loader(II_Result r) {
            r.r1 = frame.load();
        }

        /** Zap, with a flush that waits too late. */
        @Actor
        public void zapper() {
            frame.clear();
            frame.invalidate();
            frame.waitForLoader();
            frame.reuse();
        }

        /** Whether an entry is left. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = frame.stale();
        }
    }

    /** Weakened: the zapper does not wait for those who found the entry before it was dropped. */
    @JCStressTest
    @JCStressMeta(TlbTests.LoaderAndZapper.class)
    @Outcome(
            id = "2, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The loader hits its entry, the zapper drops it and reuses the frame, then the loader reads.")
    @State
    public static class WeakenedWithoutSecondWait {
        private final TlbTests.Frame frame = TlbTests.Frame.inTlb(MmParts.CONFIG, 0);

        /** A load of user mode. */
        @Actor
        public void loader(II_Result r) {
            r.r1 = frame.load();
        }

        /** Zap, with a flush that waits too early. */
        @Actor
        public void zapper() {
            frame.clear();
            frame.waitForLoader();
            frame.invalidate();
            frame.reuse();
        }

        /** Whether an entry is left. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = frame.stale();
        }
    }
}
