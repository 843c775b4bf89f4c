package org.mmrace.stress;

import java.util.List;
import java.util.SplittableRandom;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;

/** Gets and pins pages in every way, holds them while others go on, transfers data, lets go. */
final class Pinner implements Role {
    private static final int HOLD_OPS_MAX = 48;
    private static final int PAGES_MAX = 4;

    @Override
    public void step(Worker worker) {
        if (!worker.pins().hasRoomFor(PAGES_MAX)) {
            worker.releaseAllPins();
        }
        SplittableRandom random = worker.random();
        worker.choosePlace(SlotSet.ALL);
        boolean fast = random.nextInt(3) != 0;
        int flags = chooseFlags(random, fast);
        if (worker.slot() == Slot.CACHE_FORCED && random.nextInt(4) != 0) {
            flags = GupFlags.PIN | GupFlags.WRITE | GupFlags.FORCE;
        }
        int count = Math.min(random.nextBoolean() ? 1 : PAGES_MAX, worker.chooseCount());
        get(worker, fast, flags, count, random.nextInt(4) == 0 ? 0 : random.nextInt(HOLD_OPS_MAX));
    }

    private static int chooseFlags(SplittableRandom random, boolean fast) {
        int flags = random.nextBoolean() ? GupFlags.PIN : GupFlags.GET;
        if (random.nextInt(2) == 0) {
            flags |= GupFlags.WRITE;
        }
        if ((flags & GupFlags.PIN) != 0 && random.nextInt(3) == 0) {
            flags |= GupFlags.LONGTERM;
        }
        if (random.nextInt(6) == 0) {
            flags |= GupFlags.FORCE;
        }
        if (fast && random.nextInt(4) == 0) {
            flags |= GupFlags.FAST_ONLY;
        }
        if (random.nextInt(12) == 0) {
            flags |= GupFlags.NOFAULT;
        }
        if (!fast && random.nextInt(16) == 0) {
            flags |= GupFlags.DUMP;
        }
        return flags;
    }

    /** Gets {@code count} pages from the chosen one on, for the time of {@code holdOps} operations; 0 for a moment. */
    static void get(Worker worker, boolean fast, int flags, int count, int holdOps) {
        boolean pin = (flags & GupFlags.PIN) != 0;
        Mm mm = worker.process().mm();
        List<Page> pages = worker.pages();
        pages.clear();
        worker.begin(kind(fast, pin), worker.addr(), count, flags);
        int result = fast
                ? worker.mm().gupFast().getUserPagesFast(worker.task(), mm, worker.addr(), count, flags, pages)
                : worker.mm().gup().getUserPages(worker.task(), mm, worker.addr(), count, flags, pages);
        worker.end(OpResult.ofCount(result, count));
        if (holdOps == 0) {
            for (int i = 0; i < pages.size(); i++) {
                release(worker, pages.get(i), worker.process(), worker.slot(), worker.page() + i, flags);
            }
            return;
        }
        for (int i = 0; i < pages.size(); i++) {
            worker.hold(pages.get(i), worker.page() + i, flags, holdOps);
        }
    }

    private static Operation kind(boolean fast, boolean pin) {
        if (fast) {
            return pin ? Operation.PIN_USER_PAGES_FAST : Operation.GET_USER_PAGES_FAST;
        }
        return pin ? Operation.PIN_USER_PAGES : Operation.GET_USER_PAGES;
    }

    /** What the page holds is still what belongs there; then the device writes, if it may; then it lets go. */
    static void release(Worker worker, Page page, Process owner, Slot slot, int slotPage, int flags) {
        boolean pin = (flags & GupFlags.PIN) != 0;
        Memory memory = worker.machine().platform().memory();
        worker.begin(pin ? Operation.UNPIN_USER_PAGE : Operation.PUT_PAGE, slot.addr(slotPage), 1, flags);
        worker.checkData(owner, slot, slotPage, memory.contents(page.pfn()));
        if ((flags & GupFlags.WRITE) != 0 && mayTransfer(slot, pin)) {
            memory.setContents(worker.task(), page.pfn(), worker.newTag(owner, slot, slotPage));
            worker.machine().platform().folios().setDirtyLock(worker.task(), page);
        }
        worker.mm().gup().release(worker.task(), page, flags);
        worker.end(OpResult.OK);
    }

    /** Data for a private page needs a pin: a page that is only got may be shared with a child by now. */
    private static boolean mayTransfer(Slot slot, boolean pin) {
        return pin || slot.shared();
    }
}
