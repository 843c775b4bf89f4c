package org.mmrace.check;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.mmrace.kernel.Ghost;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;

/**
 * What the monitors remember of each frame that has a struct page. Both values are exact where they are used:
 *
 * <ul>
 *   <li>present entries: changed under the PTL of the entry, right after it; whoever drops the mapping's reference has
 *       cleared the entry before, so the count is 0 when the last reference goes.
 *   <li>mapped since it was allocated: set with the mapcount, which comes before the entry; whoever found the entry
 *       sees it.
 *   <li>TLBs: a bit is set within the instruction that fills the TLB, and a page is freed after a flush that waits for
 *       it.
 * </ul>
 */
final class FrameGhosts {
    private final AtomicIntegerArray presentEntries;
    private final AtomicIntegerArray mappedOnce;
    private final AtomicLongArray tlbs;

    FrameGhosts(Platform platform) {
        presentEntries = new AtomicIntegerArray(platform.memory().frames());
        mappedOnce = new AtomicIntegerArray(platform.memory().frames());
        tlbs = new AtomicLongArray(platform.memory().frames());
    }

    /** An entry went from {@code old} to {@code pte}. */
    void entryChanged(long old, long pte) {
        boolean was = Pte.isPresent(old);
        boolean is = Pte.isPresent(pte);
        if (was && is && Pte.pfn(old) == Pte.pfn(pte)) {
            return;
        }
        if (was) {
            add(Pte.pfn(old), -1);
        }
        if (is) {
            add(Pte.pfn(pte), 1);
        }
    }

    private void add(long pfn, int delta) {
        if (pfn < presentEntries.length() && !Memory.isZero(pfn)) {
            Ghost.touched(presentEntries, (int) pfn, true);
            presentEntries.getAndAdd((int) pfn, delta);
        }
    }

    /** How many present entries map {@code pfn}; not kept for the zeropage. */
    int presentEntries(long pfn) {
        Ghost.touched(presentEntries, (int) pfn, false);
        return presentEntries.get((int) pfn);
    }

    /** A mapcount of {@code pfn} was raised. */
    void mapped(long pfn) {
        if (!mappedOnce(pfn)) {
            Ghost.touched(mappedOnce, (int) pfn, true);
            mappedOnce.set((int) pfn, 1);
        }
    }

    /** The TLB of {@code cpu} has got an entry for {@code pfn}, by an instruction that is still under way. */
    void tlbFilled(int cpu, long pfn) {
        if (pfn < tlbs.length() && !Memory.isZero(pfn) && (tlbs(pfn) & 1L << cpu) == 0) {
            Ghost.touched(tlbs, (int) pfn, true);
            tlbs.getAndAccumulate((int) pfn, 1L << cpu, (old, bit) -> old | bit);
        }
    }

    /** The CPUs, one bit each, whose TLBs have had an entry for {@code pfn} since it was allocated. */
    long tlbs(long pfn) {
        Ghost.touched(tlbs, (int) pfn, false);
        return tlbs.get((int) pfn);
    }

    /** {@code pfn} left the allocator. */
    void allocated(long pfn) {
        Ghost.touched(tlbs, (int) pfn, true);
        Ghost.touched(mappedOnce, (int) pfn, true);
        tlbs.set((int) pfn, 0);
        mappedOnce.set((int) pfn, 0);
    }

    /** Whether {@code pfn} was mapped by a counted entry since it was allocated. */
    boolean mappedOnce(long pfn) {
        Ghost.touched(mappedOnce, (int) pfn, false);
        return mappedOnce.get((int) pfn) != 0;
    }
}
