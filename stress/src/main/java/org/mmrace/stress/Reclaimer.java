package org.mmrace.stress;

import org.mmrace.mm.Address;
import org.mmrace.mm.MadviseReclaim;

/** Reclaims memory: frames wherever they are, pages of a file, and what a process gives up. */
final class Reclaimer implements Role {
    private static final SlotSet RECLAIMABLE = SlotSet.of(
            Slot.ANON,
            Slot.CACHE_SHARED,
            Slot.CACHE_PRIVATE,
            Slot.CACHE_READ_ONLY,
            Slot.CACHE_FORCED,
            Slot.DAX_PRIVATE);
    private static final SlotSet ANONYMOUS = SlotSet.of(Slot.ANON);
    private static final int FRAMES_MAX = 16;

    @Override
    public void step(Worker worker) {
        int dice = worker.random().nextInt(100);
        if (dice < 25) {
            shrinkFrames(worker);
        } else if (dice < 45) {
            shrinkFile(worker, worker.random().nextInt(worker.random().nextInt(4) == 0 ? Slot.PAGES : 2));
        } else {
            boolean free = dice < 75;
            worker.choosePlace(free ? ANONYMOUS : RECLAIMABLE);
            madvise(worker, free, worker.chooseCount());
        }
    }

    private static void shrinkFrames(Worker worker) {
        int frames = worker.machine().platform().memory().frames();
        int first = worker.random().nextInt(frames);
        worker.begin(Operation.SHRINK_INACTIVE_LIST, 0, 0, first);
        int reclaimed = worker.mm()
                .reclaim()
                .shrinkFrames(worker.task(), first, 1 + worker.random().nextInt(FRAMES_MAX));
        worker.end(reclaimed > 0 ? OpResult.OK : OpResult.NONE);
    }

    /** Reclaims one page of the file in the page cache, if it is clean. */
    static void shrinkFile(Worker worker, int index) {
        worker.begin(Operation.SHRINK_FOLIO_LIST, Slot.sharing(FileKind.CACHE).addr(index), 1, 0);
        boolean reclaimed = worker.mm()
                .reclaim()
                .shrinkFilePage(worker.task(), worker.process().files().mapping(FileKind.CACHE), index);
        worker.end(reclaimed ? OpResult.OK : OpResult.NONE);
    }

    /** Gives {@code count} pages from the chosen one on up: MADV_FREE, or MADV_PAGEOUT. */
    private static void madvise(Worker worker, boolean free, int count) {
        long length = count * Address.PAGE_SIZE;
        MadviseReclaim madvise = worker.mm().madviseReclaim();
        worker.begin(free ? Operation.MADV_FREE : Operation.MADV_PAGEOUT, worker.addr(), count, 0);
        int result = free
                ? madvise.free(worker.task(), worker.process().mm(), worker.addr(), length)
                : madvise.pageout(worker.task(), worker.process().mm(), worker.addr(), length);
        worker.end(OpResult.ofErrno(result));
    }
}
