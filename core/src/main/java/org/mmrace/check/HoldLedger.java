package org.mmrace.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.mmrace.kernel.Ghost;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.Platform;

/**
 * Who holds which private page by GUP: through which address space, and what for. A holder is entered when GUP returns,
 * while its reference keeps the page, and leaves before the reference is given back; so whoever is found here holds.
 *
 * <p>GUP's callers give back a page, not an address space. When several address spaces hold a page for the same purpose
 * nobody can say who of them gave it back: all of them leave. A holder may be missing, but is never invented.
 */
final class HoldLedger {
    /** What a page is held for. */
    enum Purpose {
        /** FOLL_GET. */
        GET,
        /** FOLL_PIN. */
        PIN,
        /** A pin that is to stay coherent: FOLL_PIN and FOLL_LONGTERM without FOLL_WRITE. */
        READ_LONGTERM;

        static Purpose of(int gupFlags) {
            if ((gupFlags & GupFlags.PIN) == 0) {
                return GET;
            }
            return (gupFlags & (GupFlags.LONGTERM | GupFlags.WRITE)) == GupFlags.LONGTERM ? READ_LONGTERM : PIN;
        }
    }

    /**
     * One holder.
     *
     * @param mm the address space that the page was found in
     */
    record Hold(Mm mm, Purpose purpose) {}

    private final AtomicReferenceArray<List<Hold>> holds;

    HoldLedger(Platform platform) {
        holds = new AtomicReferenceArray<>(platform.memory().frames());
        for (int pfn = 0; pfn < holds.length(); pfn++) {
            holds.setRelease(pfn, List.of());
        }
    }

    /** The holders of a frame; of a frame without a struct page there are none. */
    List<Hold> of(long pfn) {
        if (pfn >= holds.length()) {
            return List.of();
        }
        Ghost.touched(holds, (int) pfn, false);
        return holds.getAcquire((int) pfn);
    }

    void enter(Mm mm, Page page, int gupFlags) {
        Hold hold = new Hold(mm, Purpose.of(gupFlags));
        Ghost.touched(holds, (int) page.pfn(), true);
        holds.updateAndGet((int) page.pfn(), old -> {
            List<Hold> more = new ArrayList<>(old);
            more.add(hold);
            return List.copyOf(more);
        });
    }

    void leave(Page page, int gupFlags) {
        if (!of(page.pfn()).isEmpty()) {
            Purpose purpose = Purpose.of(gupFlags);
            Ghost.touched(holds, (int) page.pfn(), true);
            holds.updateAndGet((int) page.pfn(), old -> without(old, purpose));
        }
    }

    /** The page left the allocator: whatever was held is another page by now. */
    void clear(Page page) {
        if (!of(page.pfn()).isEmpty()) {
            Ghost.touched(holds, (int) page.pfn(), true);
            holds.set((int) page.pfn(), List.of());
        }
    }

    private static List<Hold> without(List<Hold> old, Purpose purpose) {
        List<Hold> same = old.stream().filter(hold -> hold.purpose() == purpose).toList();
        List<Hold> rest = new ArrayList<>(old);
        if (same.stream().map(Hold::mm).distinct().count() == 1) {
            rest.remove(same.get(0));
        } else {
            rest.removeAll(same);
        }
        return List.copyOf(rest);
    }
}
