package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.RefCount;
import org.mmrace.mm.MmParts;
import org.mmrace.mm.Page;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** include/linux/page_ref.h: the reference count of a page. A page whose count has been 0 is the allocator's. */
public final class PageRefTests {
    private static final Kernel KERNEL = Machines.SHARED;
    private static final long REF_LIMIT = 1L << 31;

    private PageRefTests() {}

    /** Outcomes: what the pinner's add gives, what zap's put gives, what is left. */
    @Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "The pinner takes its reference, then zap drops its own.")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "Zap drops the last reference, then the pinner finds none.")
    public static class PinnerAndLastPut {
        private PinnerAndLastPut() {}
    }

    /** The last put against an add that does nothing at 0. */
    @JCStressTest
    @JCStressMeta(PinnerAndLastPut.class)
    @State
    public static class AddUnlessZeroAgainstLastPut {
        private final RefCount count = new RefCount(1, REF_LIMIT);

        /** GUP-fast: {@code folio_ref_try_add_rcu()}. */
        @Actor
        public void pinner(III_Result r) {
            r.r1 = (int) KERNEL.refAddUnlessZero(count, 1);
        }

        /** {@code folio_put()}. */
        @Actor
        public void zap(III_Result r) {
            r.r2 = (int) KERNEL.refAdd(count, -1);
        }

        /** What is left. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = (int) KERNEL.refRead(count);
        }
    }

    /** Weakened: the pinner adds whatever the count is. */
    @JCStressTest
    @JCStressMeta(PinnerAndLastPut.class)
    @Outcome(
            id = "1, 0, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Zap drops the last reference and frees, then the pinner brings the freed page back to life.")
    @State
    public static class WeakenedPlainAddAgainstLastPut {
        private final RefCount count = new RefCount(1, REF_LIMIT);

        /** GUP-fast with {@code folio_get()}. */
        @Actor
        public void pinner(III_Result r) {
            r.r1 = (int) KERNEL.refAdd(count, 1);
        }

        /** {@code folio_put()}. */
        @Actor
        public void zap(III_Result r) {
            r.r2 = (int) KERNEL.refAdd(count, -1);
        }

        /** What is left. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = (int) KERNEL.refRead(count);
        }
    }

    /** A pinner that puts its reference again, against zap: whoever sees 0 frees. */
    @JCStressTest
    @Outcome(
            id = "0, 1, 0",
            expect = ACCEPTABLE,
            desc = "The pinner takes and puts before zap, or is refused after it; zap frees.")
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "The pinner takes, zap drops its own, the pinner frees.")
    @State
    public static class GetAndPutAgainstLastPut {
        private final RefCount count = new RefCount(1, REF_LIMIT);

        /** Takes a reference if there is one, and drops it. */
        @Actor
        public void pinner(III_Result r) {
            boolean got = KERNEL.refAddUnlessZero(count, 1) != 0;
            r.r1 = got && KERNEL.refAdd(count, -1) == 0 ? 1 : 0;
        }

        /** {@code folio_put()}. */
        @Actor
        public void zap(III_Result r) {
            r.r2 = KERNEL.refAdd(count, -1) == 0 ? 1 : 0;
        }

        /** What is left. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = (int) KERNEL.refRead(count);
        }
    }

    /** Two pinners of one page. */
    @JCStressTest
    @Outcome(id = "2, 3, 3", expect = ACCEPTABLE, desc = "The first pinner, then the second.")
    @Outcome(id = "3, 2, 3", expect = ACCEPTABLE, desc = "The second pinner, then the first.")
    @State
    public static class TwoAddUnlessZero {
        private final RefCount count = new RefCount(1, REF_LIMIT);

        /** One reference. */
        @Actor
        public void first(III_Result r) {
            r.r1 = (int) KERNEL.refAddUnlessZero(count, 1);
        }

        /** Another. */
        @Actor
        public void second(III_Result r) {
            r.r2 = (int) KERNEL.refAddUnlessZero(count, 1);
        }

        /** What is left. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = (int) KERNEL.refRead(count);
        }
    }

    /** Two puts of the last two references: exactly one sees 0. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The first put, then the second, which frees.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The second put, then the first, which frees.")
    @State
    public static class PutAgainstPut {
        private final RefCount count = new RefCount(2, REF_LIMIT);

        /** One put. */
        @Actor
        public void first(II_Result r) {
            r.r1 = (int) KERNEL.refAdd(count, -1);
        }

        /** Another. */
        @Actor
        public void second(II_Result r) {
            r.r2 = (int) KERNEL.refAdd(count, -1);
        }
    }

    /** Two gets next to the limit of the counter: the one behind it wraps, and both agree which one it was. */
    @JCStressTest
    @Outcome(id = "3, -4, -4", expect = ACCEPTABLE, desc = "The first get fits, then the second wraps.")
    @Outcome(id = "-4, 3, -4", expect = ACCEPTABLE, desc = "The second get fits, then the first wraps.")
    @State
    public static class WrapAtLimit {
        private final RefCount count = new RefCount(2, 4);

        /** One get. */
        @Actor
        public void first(III_Result r) {
            r.r1 = (int) KERNEL.refAdd(count, 1);
        }

        /** Another. */
        @Actor
        public void second(III_Result r) {
            r.r2 = (int) KERNEL.refAddUnlessZero(count, 1);
        }

        /** What is left. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = (int) KERNEL.refRead(count);
        }
    }

    /** {@code folio_try_get()} against the last {@code folio_put()}, with the allocator behind it. */
    @JCStressTest
    @Outcome(
            id = "1, 0, 1",
            expect = ACCEPTABLE,
            desc = "The pinner takes its reference, then zap drops the mapping's.")
    @Outcome(
            id = "0, 1, 0",
            expect = ACCEPTABLE,
            desc = "Zap drops the last reference and frees, then the pinner fails.")
    @State
    public static class FolioTryGetAgainstLastPut {
        private final MmParts parts = new MmParts();
        private final Page page = parts.populate();

        /** {@code folio_try_get()}. */
        @Actor
        public void pinner(III_Result r) {
            r.r1 = parts.tryGet(0, page) ? 1 : 0;
        }

        /** {@code folio_put()}. */
        @Actor
        public void zap() {
            parts.putMapping(1, page);
        }

        /** Whether the page is free, and its count. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r2 = (int) page.freed().get();
            r.r3 = (int) parts.model().platform().folios().refCount(page);
        }
    }
}
