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
 * mm/gup.c {@code gup_fast()}, third pair: fork makes {@code write_protect_seq} odd, then looks for pins, and shares
 * what is not pinned; GUP-fast pins, then looks whether the sequence has moved. No pin survives the sharing of its
 * page.
 */
public final class GupForkTests {
    private static final int WRITABLE = 1;
    private static final int PROTECTED = 2;
    private static final int PIN = 1024;

    private GupForkTests() {}

    /** Outcomes: whether GUP-fast has the page, whether fork shares it with the child. */
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The pinner pins, then fork sees the pin and copies the page.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Fork begins and shares, then the pinner sees it and gives up.")
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE,
            desc = "The pinner takes, fork sees the pin and copies, the pinner undoes.")
    public static class PinnerAndFork {
        private PinnerAndFork() {}
    }

    /** The pair in ten lines. */
    @JCStressTest
    @JCStressMeta(PinnerAndFork.class)
    @State
    public static class Model {
        private final AtomicInteger seq = new AtomicInteger();
        private final AtomicInteger pte = new AtomicInteger(WRITABLE);
        private final AtomicInteger ref = new AtomicInteger(1);

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            int start = seq.get();
            boolean pinned = start % 2 == 0 && pte.get() == WRITABLE;
            if (pinned) {
                ref.getAndAdd(PIN);
                pinned = pte.get() == WRITABLE && seq.get() == start;
                if (!pinned) {
                    ref.getAndAdd(-PIN);
                }
            }
            r.r1 = pinned ? 1 : 0;
        }

        /** {@code copy_page_range()}. */
        @Actor
        public void fork(II_Result r) {
            seq.set(1); // sequentially consistent: a full barrier before the load behind it
            r.r2 = ref.get() > PIN ? 0 : 1;
            if (r.r2 == 1) {
                pte.set(PROTECTED);
            }
            seq.set(2);
        }
    }

    /** The pair without fork's barrier. */
    @JCStressTest
    @JCStressMeta(PinnerAndFork.class)
    @Outcome(
            id = "1, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Fork looks before its odd sequence is visible, the pinner pins, then fork shares a pinned page.")
    @State
    public static class Weakened {
        private final AtomicInteger seq = new AtomicInteger();
        private final AtomicInteger pte = new AtomicInteger(WRITABLE);
        private final AtomicInteger ref = new AtomicInteger(1);

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            int start = seq.get();
            boolean pinned = start % 2 == 0 && pte.get() == WRITABLE;
            if (pinned) {
                ref.getAndAdd(PIN);
                pinned = pte.get() == WRITABLE && seq.get() == start;
                if (!pinned) {
                    ref.getAndAdd(-PIN);
                }
            }
            r.r1 = pinned ? 1 : 0;
        }

        /** {@code copy_page_range()}, with a begin that may pass the load behind it. */
        @Actor
        public void fork(II_Result r) {
            seq.setRelease(1);
            r.r2 = ref.getAcquire() > PIN ? 0 : 1;
            if (r.r2 == 1) {
                pte.set(PROTECTED);
            }
            seq.set(2);
        }
    }

    /** The pair without the pinner's second look at the sequence. */
    @JCStressTest
    @JCStressMeta(PinnerAndFork.class)
    @Outcome(
            id = "1, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The pinner looks, fork begins and sees no pin, the pinner pins, then fork shares the page.")
    @State
    public static class WeakenedWithoutSecondLook {
        private final AtomicInteger seq = new AtomicInteger();
        private final AtomicInteger pte = new AtomicInteger(WRITABLE);
        private final AtomicInteger ref = new AtomicInteger(1);

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            boolean pinned = seq.get() % 2 == 0 && pte.get() == WRITABLE;
            if (pinned) {
                ref.getAndAdd(PIN);
                pinned = pte.get() == WRITABLE;
                if (!pinned) {
                    ref.getAndAdd(-PIN);
                }
            }
            r.r1 = pinned ? 1 : 0;
        }

        /** {@code copy_page_range()}. */
        @Actor
        public void fork(II_Result r) {
            seq.set(1);
            r.r2 = ref.get() > PIN ? 0 : 1;
            if (r.r2 == 1) {
                pte.set(PROTECTED);
            }
            seq.set(2);
        }
    }

    /** {@code pin_user_pages_fast()} of the model against its {@code fork()}. */
    @JCStressTest
    @JCStressMeta(PinnerAndFork.class)
    @State
    public static class Actual {
        private final MmParts parts = new MmParts();
        private final Page page = parts.populate();

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            r.r1 = parts.gupFast(1, GupFlags.PIN | GupFlags.WRITE) ? 1 : 0;
        }

        /** {@code fork(2)}. */
        @Actor
        public void fork() {
            parts.fork(0);
        }

        /** Whether the page is shared. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = parts.isAnonExclusive(page) ? 0 : 1;
        }
    }
}
