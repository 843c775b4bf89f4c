package org.mmrace.check;

import org.mmrace.kernel.Task;
import org.mmrace.mm.Folios;
import org.mmrace.mm.Page;
import org.mmrace.mm.Platform;
import org.mmrace.mm.RefKind;
import org.mmrace.mm.Tlb;

/**
 * Lives of pages: I10, I11, I14 to I18 at reference counts, mapcounts, allocation and freeing.
 *
 * <p>Exact on any number of threads. The hook of a count gets the value that its own atomic update left. When a page is
 * freed its count has just become 0, so every holder is through; the ghosts per kind are raised after the count and
 * lowered before it, and thus 0 as well.
 */
final class LifetimeMonitor {
    private final Platform platform;
    private final Folios folios;
    private final Reporter reporter;
    private final FrameGhosts frames;

    LifetimeMonitor(Platform platform, Reporter reporter, FrameGhosts frames) {
        this.platform = platform;
        this.folios = platform.folios();
        this.reporter = reporter;
        this.frames = frames;
    }

    /**
     * A count is a 32-bit number whose upper half, which reads as negative, means "too many": GUP may bring it there,
     * gives no more from there on (8fde12ca79af), and comes back as what it gave is returned.
     */
    void refChanged(Task task, Page folio, RefKind kind, long delta, long now) {
        long limit = platform.config().refLimit();
        long before = Math.floorMod(now - delta + limit, 2 * limit) - limit;
        boolean fromGup = kind == RefKind.GET || kind == RefKind.PIN;
        if (delta > 0) {
            if (before == 0) {
                badCount(task, folio, kind, before, now, "leaves 0");
            } else if (before < 0 ? now >= 0 : now < 0 && !fromGup) {
                badCount(task, folio, kind, before, now, "wraps");
            }
        } else if (now < 0 && before >= 0) {
            badCount(task, folio, kind, before, now, "is negative");
        }
    }

    private void badCount(Task task, Page folio, RefKind kind, long before, long now, String what) {
        String change = "by a reference of kind " + kind + ", " + before + " -> " + now;
        reporter.report(Invariant.I17, task, "the count of " + folio + " " + what + " " + change);
    }

    void mapcountChanged(Task task, Page page, long now) {
        if (now > 0) {
            frames.mapped(page.pfn());
        }
        if (now < 0) {
            reporter.report(Invariant.I11, task, "the mapcount of " + page + " is " + now);
        } else if (now > 1 && folios.isAnonExclusive(page)) {
            reporter.report(Invariant.I18, task, "exclusive " + page + " has mapcount " + now);
        }
    }

    /** A page becomes exclusive when nothing, or one entry, maps it. */
    void exclusiveChanged(Task task, Page page, boolean exclusive) {
        if (exclusive && folios.mapcount(page) > 1) {
            reporter.report(Invariant.I18, task, page + " becomes exclusive with mapcount " + folios.mapcount(page));
        }
    }

    void pageAllocated(Task task, Page page) {
        frames.allocated(page.pfn());
        if (frames.presentEntries(page.pfn()) != 0) {
            reporter.report(Invariant.I14, task, page + " is allocated while an entry maps it");
        }
    }

    void pageFreeing(Task task, Page page) {
        int entries = frames.presentEntries(page.pfn());
        if (entries != 0) {
            reporter.report(Invariant.I14, task, page + " is freed while " + entries + " entries map it");
        }
        for (long cpus = frames.tlbs(page.pfn()); cpus != 0; cpus &= cpus - 1) {
            Tlb tlb = platform.tlbs().get(Long.numberOfTrailingZeros(cpus));
            if (tlb.mapsFrame(page.pfn())) {
                String kind = folios.isDevmap(page) ? "FSDAX " : "";
                reporter.report(Invariant.I15, task, kind + page + " is freed while a TLB maps it");
            }
        }
        checkHolders(task, page);
        if (folios.mapcount(page) != 0) {
            reporter.report(Invariant.I11, task, page + " is freed with mapcount " + folios.mapcount(page));
        }
    }

    private void checkHolders(Task task, Page page) {
        long gets = page.refs(RefKind.GET).get();
        long pins = page.refs(RefKind.PIN).get();
        long transients = page.refs(RefKind.TRANSIENT).get();
        long owners = page.refs(RefKind.OWNER).get();
        long maps = page.refs(RefKind.MAP).get();
        if (gets != 0 || pins != 0) {
            reporter.report(Invariant.I16, task, page + " is freed with " + gets + " gets and " + pins + " pins");
        }
        if ((maps | owners | transients | gets | pins) != 0) {
            reporter.report(
                    Invariant.I10,
                    task,
                    page + " is freed, but its references are: owner " + owners + ", map " + maps + ", transient "
                            + transients + ", get " + gets + ", pin " + pins);
        }
    }
}
