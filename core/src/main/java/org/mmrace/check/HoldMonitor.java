package org.mmrace.check;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Folios;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.Platform;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;

/**
 * I16, I20, I22 and I23 from the return of GUP until the page is given back.
 *
 * <p>Exact on any number of threads, because a holder in the {@link HoldLedger} has its reference. A pin was returned
 * after the sequence check, so fork sees it and leaves the exclusive mark alone; an exclusive page is never copied by a
 * write fault but reused; and a page becomes another address space's to write to only when nobody else holds it.
 */
final class HoldMonitor {
    private final Kernel kernel;
    private final Folios folios;
    private final Reporter reporter;
    private final HoldLedger ledger;

    HoldMonitor(Platform platform, Reporter reporter) {
        this.kernel = platform.kernel();
        this.folios = platform.folios();
        this.reporter = reporter;
        this.ledger = new HoldLedger(platform);
    }

    /** Only private memory promises anything: anonymous pages, and what a long-term read pin got from a COW VMA. */
    void gupReturns(Mm mm, @Nullable Vma vma, int flags, Page page) {
        boolean got = (flags & (GupFlags.GET | GupFlags.PIN)) != 0;
        boolean promised = HoldLedger.Purpose.of(flags) == HoldLedger.Purpose.READ_LONGTERM
                && vma != null
                && VmFlags.isCow(vma.flags(kernel));
        if (got && (promised || folios.isAnon(page))) {
            ledger.enter(mm, page, flags);
        }
    }

    void gupReleases(Page page, int flags) {
        ledger.leave(page, flags);
    }

    /** I20: fork or KSM has made a pinned page shared. */
    void exclusiveLost(Task task, Page page) {
        for (HoldLedger.Hold hold : ledger.of(page.pfn())) {
            if (hold.purpose() != HoldLedger.Purpose.GET) {
                reporter.report(
                        Invariant.I20, task, page + ", pinned through " + hold.mm() + ", is no longer exclusive");
            }
        }
    }

    /** I20 and I22: a fault has taken a pinned page away from the address space that pinned it. */
    void frameReplaced(Task task, Vma vma, long addr, long oldPfn) {
        for (HoldLedger.Hold hold : ledger.of(oldPfn)) {
            if (hold.mm() == vma.mm() && hold.purpose() != HoldLedger.Purpose.GET) {
                reporter.report(
                        hold.purpose() == HoldLedger.Purpose.PIN ? Invariant.I20 : Invariant.I22,
                        task,
                        "a fault replaces pinned frame " + oldPfn + " at " + Reporter.at(vma, addr));
            }
        }
    }

    /** I23: a store through one address space reaches private memory that another one holds. */
    void userStore(Task task, Mm mm, long addr, long pfn) {
        for (HoldLedger.Hold hold : ledger.of(pfn)) {
            if (hold.mm() != mm) {
                reporter.report(
                        Invariant.I23,
                        task,
                        "a store to " + mm + " " + Reporter.hex(addr) + " reaches frame " + pfn + ", which " + hold.mm()
                                + " holds by FOLL_" + hold.purpose());
            }
        }
    }

    /** I16: a page is given out again while somebody holds it. */
    void pageAllocated(Task task, Page page) {
        for (HoldLedger.Hold hold : ledger.of(page.pfn())) {
            reporter.report(Invariant.I16, task, page + " is allocated while it is held through " + hold.mm());
        }
        ledger.clear(page);
    }
}
