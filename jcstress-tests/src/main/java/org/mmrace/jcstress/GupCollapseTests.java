package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.concurrent.atomic.AtomicInteger;
import org.mmrace.fault.TlbStyle;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.MmParts;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.TableParts;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * mm/gup.c {@code gup_fast_pte_range()}, fifth pair: khugepaged clears the upper entry and leaves the lower ones alone,
 * then looks at the references; GUP-fast takes its reference, then looks at the upper entry again. No reference is
 * taken through a detached table.
 */
public final class GupCollapseTests {
    private static final int TABLE = 1;

    private GupCollapseTests() {}

    /** Outcomes: whether GUP-fast has the page, whether the page is collapsed into a huge one. */
    @Outcome(
            id = "1, 0",
            expect = ACCEPTABLE,
            desc = "The pinner takes its reference, then khugepaged sees it and gives up.")
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE,
            desc = "Khugepaged detaches and collapses, then the pinner finds none or undoes.")
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE,
            desc = "The pinner takes, khugepaged detaches and gives up, the pinner undoes.")
    public static class PinnerAndCollapse {
        private PinnerAndCollapse() {}
    }

    /** The pair in ten lines. */
    @JCStressTest
    @JCStressMeta(PinnerAndCollapse.class)
    @State
    public static class Model {
        private final AtomicInteger pmd = new AtomicInteger(TABLE);
        private final AtomicInteger ref = new AtomicInteger(1);

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            boolean got = pmd.get() == TABLE;
            if (got) {
                ref.getAndAdd(1);
                got = pmd.get() == TABLE;
                if (!got) {
                    ref.getAndAdd(-1);
                }
            }
            r.r1 = got ? 1 : 0;
        }

        /** {@code collapse_huge_page()}. */
        @Actor
        public void collapse(II_Result r) {
            pmd.set(0);
            r.r2 = ref.get() == 1 ? 1 : 0;
        }
    }

    /** The pair with the upper entry checked before the reference is taken. */
    @JCStressTest
    @JCStressMeta(PinnerAndCollapse.class)
    @Outcome(
            id = "1, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The pinner reads the upper entry, khugepaged detaches and sees no reference, the pinner takes one.")
    @State
    public static class Weakened {
        private final AtomicInteger pmd = new AtomicInteger(TABLE);
        private final AtomicInteger ref = new AtomicInteger(1);

        /** GUP-fast of before 6.1. */
        @Actor
        public void pinner(II_Result r) {
            boolean got = pmd.get() == TABLE;
            if (got) {
                ref.getAndAdd(1);
            }
            r.r1 = got ? 1 : 0;
        }

        /** {@code collapse_huge_page()}. */
        @Actor
        public void collapse(II_Result r) {
            pmd.set(0);
            r.r2 = ref.get() == 1 ? 1 : 0;
        }
    }

    /** The model's GUP-fast, where a flush is a broadcast and waits for no section with interrupts off. */
    @JCStressTest
    @JCStressMeta(PinnerAndCollapse.class)
    @State
    public static class Actual {
        private final TableParts tables =
                new TableParts(MmParts.CONFIG.with(draft -> draft.tlbStyle(TlbStyle.BROADCAST)), MmMonitor.NONE);
        private final Page page = tables.parts().populate();
        private final PageTable pmd = tables.pmdAlloc(0);

        /** GUP-fast. */
        @Actor
        public void pinner(II_Result r) {
            r.r1 = tables.parts().gupFast(1, GupFlags.GET) ? 1 : 0;
        }

        /** {@code pmdp_collapse_flush()}, and the look at the references. */
        @Actor
        public void collapse(II_Result r) {
            tables.pmdClear(pmd);
            tables.flushPage(0);
            r.r2 = tables.parts().refCount(page) == 1 ? 1 : 0;
        }
    }
}
