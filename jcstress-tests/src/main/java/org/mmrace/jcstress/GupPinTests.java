package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.concurrent.atomic.AtomicInteger;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.MmParts;
import org.mmrace.mm.Page;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * mm/gup.c {@code gup_fast_pte_range()}, first pair: the writer clears the entry, then looks at the references;
 * GUP-fast takes its reference, then looks at the entry again. One of them sees the other.
 */
public final class GupPinTests {
    private static final int MAPPED = 1;
    private static final int PIN = 1024;

    private GupPinTests() {}

    /** Outcomes: whether GUP-fast has the page, whether the writer saw its pin. */
    @Outcome(
            id = "1, 1",
            expect = ACCEPTABLE,
            desc = "The pinner takes its reference and looks again, then the writer clears.")
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE,
            desc = "The writer clears and looks, then the pinner finds nothing or undoes.")
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE,
            desc = "The pinner takes, the writer clears and sees it, the pinner undoes.")
    public static class PinnerAndWriter {
        private PinnerAndWriter() {}
    }

    /** The pair in ten lines. */
    @JCStressTest
    @JCStressMeta(PinnerAndWriter.class)
    @State
    public static class Model {
        private final AtomicInteger pte = new AtomicInteger(MAPPED);
        private final AtomicInteger ref = new AtomicInteger(1);

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            boolean pinned = pte.get() == MAPPED;
            if (pinned) {
                ref.getAndAdd(PIN);
                pinned = pte.get() == MAPPED;
                if (!pinned) {
                    ref.getAndAdd(-PIN);
                }
            }
            r.r1 = pinned ? 1 : 0;
        }

        /** {@code ptep_get_and_clear()}, {@code smp_mb()}, {@code folio_maybe_dma_pinned()}. */
        @Actor
        public void writer(II_Result r) {
            pte.set(0); // sequentially consistent: a full barrier before the load behind it
            r.r2 = ref.get() > PIN ? 1 : 0;
        }
    }

    /** The pair without the writer's barrier. */
    @JCStressTest
    @JCStressMeta(PinnerAndWriter.class)
    @Outcome(
            id = "1, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The writer looks before its clear is visible, then the pinner takes and sees the old entry.")
    @State
    public static class Weakened {
        private final AtomicInteger pte = new AtomicInteger(MAPPED);
        private final AtomicInteger ref = new AtomicInteger(1);

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            boolean pinned = pte.get() == MAPPED;
            if (pinned) {
                ref.getAndAdd(PIN);
                pinned = pte.get() == MAPPED;
                if (!pinned) {
                    ref.getAndAdd(-PIN);
                }
            }
            r.r1 = pinned ? 1 : 0;
        }

        /** Clears with a release store, which may pass the load behind it. */
        @Actor
        public void writer(II_Result r) {
            pte.setRelease(0);
            r.r2 = ref.getAcquire() > PIN ? 1 : 0;
        }
    }

    /** {@code pin_user_pages_fast()} of the model against its {@code ptep_get_and_clear()}. */
    @JCStressTest
    @JCStressMeta(PinnerAndWriter.class)
    @State
    public static class Actual {
        private final MmParts parts = new MmParts();
        private final Page page = parts.populate();

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            r.r1 = parts.gupFast(1, GupFlags.PIN | GupFlags.WRITE) ? 1 : 0;
        }

        /** {@code ptep_get_and_clear()}, {@code folio_maybe_dma_pinned()}. */
        @Actor
        public void writer(II_Result r) {
            parts.ptepGetAndClear(0);
            r.r2 = parts.maybeDmaPinned(page) ? 1 : 0;
        }
    }

    /** The same against the last put: a page that GUP-fast returned is not freed. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The pinner takes its reference, then zap drops the mapping's.")
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE,
            desc = "Zap clears, then the pinner finds nothing or undoes; the page is free.")
    @State
    public static class ActualAgainstFree {
        private final MmParts parts = new MmParts();
        private final Page page = parts.populate();

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            r.r1 = parts.gupFast(1, GupFlags.GET) ? 1 : 0;
        }

        /** Zap of a page that no TLB has. */
        @Actor
        public void zap() {
            parts.ptepGetAndClear(0);
            parts.putMapping(0, page);
        }

        /** Whether the page is free. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = (int) page.freed().get();
        }
    }
}
