package org.mmrace.check;

import org.mmrace.mm.Folios;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.Platform;
import org.mmrace.mm.RefKind;

/** The part of the audit that looks at every page: counts against the census and the ghosts. */
final class PageAudit {
    private final Platform platform;
    private final Folios folios;
    private final Reporter reporter;
    private final Census census;

    PageAudit(Platform platform, Reporter reporter, Census census) {
        this.platform = platform;
        this.folios = platform.folios();
        this.reporter = reporter;
        this.census = census;
    }

    void check() {
        checkZeropage();
        for (int pfn = 0; pfn < platform.memory().frames(); pfn++) {
            Page page = platform.memory().page(pfn);
            if (page == null || Memory.isZero(pfn)) {
                continue;
            }
            long mapcount = folios.mapcount(page);
            if (mapcount != census.countedEntries[pfn]) {
                bad(
                        Invariant.I11,
                        page + " has mapcount " + mapcount + ", and " + census.countedEntries[pfn] + " entries map it");
            }
            if (page.unsaved().get() != 0
                    && folios.isWrittenBack(page)
                    && !folios.isMarkedDirty(page)
                    && !census.dirty.get(pfn)) {
                bad(Invariant.I34, page + " is clean, and a store to it was never written back");
            }
            if (page.folio(platform.kernel()) == page) {
                checkFolio(page, census.folioEntries[pfn]);
            }
        }
    }

    private void checkZeropage() {
        Page zero = platform.memory().zeroPage();
        long ref = folios.refCount(zero);
        long gets = zero.refs(RefKind.GET).get();
        if (ref != 1 + gets) {
            bad(Invariant.I01, "the zeropage's count is " + ref + ", with " + gets + " gets out");
        }
        if (folios.mapcount(zero) != 0) {
            bad(Invariant.I02, "the zeropage's mapcount is " + folios.mapcount(zero));
        }
        if (platform.memory().contents(Memory.ZERO_PFN) != 0) {
            bad(Invariant.I03, "the zeropage holds " + platform.memory().contents(Memory.ZERO_PFN));
        }
    }

    private void checkFolio(Page page, int entries) {
        long owners = page.refs(RefKind.OWNER).get();
        long maps = page.refs(RefKind.MAP).get();
        long transients = page.refs(RefKind.TRANSIENT).get();
        long gets = page.refs(RefKind.GET).get();
        long pins = page.refs(RefKind.PIN).get();
        long ref = folios.refCount(page);
        long sum = owners + maps + transients + gets + Page.PIN_BIAS * pins;
        long limit = platform.config().refLimit();
        if (ref != Math.floorMod(sum + limit, 2 * limit) - limit || transients != 0 || maps != entries) {
            bad(
                    Invariant.I10,
                    page + " has count " + ref + ": owner " + owners + ", map " + maps + " for " + entries
                            + " entries, transient " + transients + ", get " + gets + ", pin " + pins);
        }
        boolean exclusive = folios.isAnonExclusive(page);
        if (exclusive && entries > 1) {
            bad(Invariant.I18, "exclusive " + page + " is mapped by " + entries + " entries");
        }
        if (pins > 0 && folios.isAnon(page) && !exclusive) {
            bad(Invariant.I20, "anonymous " + page + " is pinned, and not exclusive");
        }
    }

    private void bad(Invariant invariant, String message) {
        reporter.report(invariant, null, message);
    }
}
