package org.mmrace.stress;

import org.mmrace.mm.Address;
import org.mmrace.mm.VmFlags;

/** mprotect down and up. */
final class Protector implements Role {
    private static final SlotSet SLOTS = SlotSet.of(slot -> slot != Slot.CACHE_FORCED);

    @Override
    public void step(Worker worker) {
        worker.choosePlace(SLOTS);
        int count = worker.chooseCount();
        int dice = worker.random().nextInt(100);
        if (dice < 70) {
            protect(worker, count, VmFlags.READ);
            protect(worker, count, worker.slot().prot());
        } else if (dice < 78) {
            protect(worker, count, 0);
            protect(worker, count, worker.slot().prot());
        } else if (dice < 82) {
            protect(worker, count, VmFlags.READ);
        } else {
            // Also where it is refused, and where the whole slot is to get its rights back.
            protect(worker, worker.slot().pages() - worker.page(), VmFlags.READ | VmFlags.WRITE);
        }
    }

    /** Changes the rights of {@code count} pages from the chosen one on. */
    static void protect(Worker worker, int count, long prot) {
        worker.begin(Operation.MPROTECT, worker.addr(), count, prot);
        int result = worker.mm()
                .mprotect()
                .mprotect(worker.task(), worker.process().mm(), worker.addr(), count * Address.PAGE_SIZE, prot);
        worker.end(OpResult.ofErrno(result));
    }
}
