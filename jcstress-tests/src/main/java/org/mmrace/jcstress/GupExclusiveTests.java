package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.concurrent.atomic.AtomicInteger;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.MmParts;
import org.mmrace.mm.Page;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * mm/gup.c {@code gup_must_unshare()}, second pair: KSM clears the entry of an anonymous page, then its exclusive mark,
 * and maps it again read-only; GUP-fast takes its pin, then looks at the mark. No shared anonymous page is pinned.
 */
public final class GupExclusiveTests {
    private static final int MAPPED = 1;
    private static final int PIN = 1024;

    private GupExclusiveTests() {}

    /** Outcomes: whether GUP-fast has the page, whether the sharer has made it shared. */
    @Outcome(
            id = "1, 0",
            expect = ACCEPTABLE,
            desc = "The pinner pins, then the sharer clears, sees the pin and gives up.")
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE,
            desc = "The sharer clears and shares, then the pinner sees it and undoes.")
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE,
            desc = "The pinner takes, the sharer clears and gives up, the pinner undoes.")
    public static class PinnerAndSharer {
        private PinnerAndSharer() {}
    }

    /** The pair in ten lines. */
    @JCStressTest
    @JCStressMeta(PinnerAndSharer.class)
    @State
    public static class Model {
        private final AtomicInteger pte = new AtomicInteger(MAPPED);
        private final AtomicInteger ref = new AtomicInteger(1);
        private final AtomicInteger exclusive = new AtomicInteger(1);

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            boolean pinned = pte.get() == MAPPED;
            if (pinned) {
                ref.getAndAdd(PIN);
                pinned = pte.get() == MAPPED && exclusive.get() == 1;
                if (!pinned) {
                    ref.getAndAdd(-PIN);
                }
            }
            r.r1 = pinned ? 1 : 0;
        }

        /** KSM. */
        @Actor
        public void sharer(II_Result r) {
            pte.set(0);
            r.r2 = ref.get() > PIN ? 0 : 1;
            if (r.r2 == 1) {
                exclusive.set(0);
            }
            pte.set(MAPPED);
        }
    }

    /** The pair with the mark checked before the pin is taken. */
    @JCStressTest
    @JCStressMeta(PinnerAndSharer.class)
    @Outcome(
            id = "1, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The pinner reads entry and mark, the sharer shares and maps again, the pinner pins.")
    @State
    public static class Weakened {
        private final AtomicInteger pte = new AtomicInteger(MAPPED);
        private final AtomicInteger ref = new AtomicInteger(1);
        private final AtomicInteger exclusive = new AtomicInteger(1);

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            boolean pinned = pte.get() == MAPPED && exclusive.get() == 1;
            if (pinned) {
                ref.getAndAdd(PIN);
                pinned = pte.get() == MAPPED;
                if (!pinned) {
                    ref.getAndAdd(-PIN);
                }
            }
            r.r1 = pinned ? 1 : 0;
        }

        /** KSM. */
        @Actor
        public void sharer(II_Result r) {
            pte.set(0);
            r.r2 = ref.get() > PIN ? 0 : 1;
            if (r.r2 == 1) {
                exclusive.set(0);
            }
            pte.set(MAPPED);
        }
    }

    /** A read-only pin by the model's GUP-fast. */
    @JCStressTest
    @JCStressMeta(PinnerAndSharer.class)
    @State
    public static class Actual {
        private final MmParts parts = new MmParts();
        private final Page page = parts.populate();

        /** The entry is read-only: GUP-fast does not look at the mark of a page that may be written. */
        public Actual() {
            parts.ptepSetWrprotect(0);
        }

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            r.r1 = parts.gupFast(1, GupFlags.PIN) ? 1 : 0;
        }

        /** KSM. */
        @Actor
        public void sharer(II_Result r) {
            r.r2 = parts.tryShareAnonRmap(0, page) ? 1 : 0;
        }
    }
}
