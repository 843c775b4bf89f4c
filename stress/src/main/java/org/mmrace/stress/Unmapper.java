package org.mmrace.stress;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.Files;
import org.mmrace.mm.Mm;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Vma;

/** Takes pages away: from one process, from a file, from everybody who maps a driver. */
final class Unmapper implements Role {
    private static final SlotSet DRIVERS = SlotSet.of(slot -> {
        FileKind kind = slot.file();
        return kind != null && kind.isDriver();
    });
    private static final SlotSet FRAMES = SlotSet.of(Slot.FRAMES, Slot.PRIVATE_FRAMES);
    private static final SlotSet FILES =
            SlotSet.of(Slot.DAX_SHARED, Slot.VIRTIOFS_SHARED, Slot.CACHE_SHARED, Slot.SHMEM_SHARED);

    @Override
    public void step(Worker worker) {
        int dice = worker.random().nextInt(100);
        if (dice < 54) {
            worker.choosePlace(SlotSet.ALL);
            dontneed(worker, worker.chooseCount());
        } else if (dice < 66) {
            remap(worker, MapPlan.NONE);
        } else if (dice < 78) {
            unmapMapping(worker);
        } else if (dice < 81) {
            zapVmaPtes(worker);
        } else if (dice < 95) {
            worker.choosePlace(FILES);
            punch(worker, worker.chooseCount());
        } else {
            truncate(worker);
        }
    }

    /** Gives {@code count} pages back from the chosen one on. */
    static void dontneed(Worker worker, int count) {
        worker.begin(Operation.MADV_DONTNEED, worker.addr(), count, 0);
        int result = worker.mm()
                .madvise()
                .dontneed(worker.task(), worker.process().mm(), worker.addr(), count * Address.PAGE_SIZE);
        worker.end(OpResult.ofErrno(result));
    }

    private static void remap(Worker worker, MapPlan plan) {
        worker.choosePlace(SlotSet.ALL);
        remapChosen(worker, Operation.MMAP, plan);
    }

    /** Unmaps a part or the whole of the chosen slot, and maps it again; the new mapping counts as {@code kind}. */
    static void remapChosen(Worker worker, Operation kind, MapPlan plan) {
        Slot slot = worker.slot();
        boolean whole = worker.random().nextInt(4) != 0;
        int first = whole ? 0 : worker.page();
        int count = whole ? slot.pages() : worker.chooseCount();
        Mm mm = worker.process().mm();
        worker.begin(Operation.MUNMAP, slot.addr(first), count, 0);
        int unmapped = worker.mm().munmap().munmap(worker.task(), mm, slot.addr(first), count * Address.PAGE_SIZE);
        worker.end(OpResult.ofErrno(unmapped));
        worker.begin(kind, slot.addr(first), count, LoggedOperation.insertion(true, 0, plan));
        worker.plan(plan);
        long mapped = worker.mm()
                .mmap()
                .mmapAt(
                        worker.task(),
                        mm,
                        slot.addr(first),
                        count * Address.PAGE_SIZE,
                        worker.process().files().request(slot, first));
        worker.plan(MapPlan.NONE);
        worker.end(OpResult.ofErrno(mapped));
    }

    private static void unmapMapping(Worker worker) {
        worker.choosePlace(DRIVERS);
        FileKind kind = worker.slot().file();
        if (kind == null) {
            return;
        }
        int count = worker.chooseCount();
        worker.begin(Operation.UNMAP_MAPPING_PAGES, worker.addr(), count, 0);
        worker.mm()
                .zap()
                .unmapMappingPages(
                        worker.task(),
                        worker.process().files().mapping(kind),
                        worker.page(),
                        count,
                        worker.random().nextBoolean());
        worker.end(OpResult.OK);
    }

    private static void zapVmaPtes(Worker worker) {
        worker.choosePlace(FRAMES);
        Kernel kernel = worker.kernel();
        Task task = worker.task();
        Mm mm = worker.process().mm();
        worker.begin(Operation.ZAP_VMA_PTES, worker.addr(), 1, 0);
        kernel.downRead(task, mm.mmapLock());
        Vma vma = mm.tree().lookup(worker.addr());
        if (vma != null) {
            worker.mm().zap().zapVmaPtes(task, vma, worker.addr(), Address.PAGE_SIZE);
        }
        kernel.upRead(task, mm.mmapLock());
        worker.end(vma == null ? OpResult.UNMAPPED : OpResult.OK);
    }

    /** Takes {@code count} pages from the chosen one on out of its file. */
    static void punch(Worker worker, int count) {
        OpenFile file = fileToShrink(worker);
        worker.begin(Operation.PUNCH_HOLE, worker.addr(), count, 0);
        int result = worker.mm().files().punchHole(worker.task(), file, worker.page(), count);
        worker.end(OpResult.ofErrno(result));
    }

    /** Shorter, and long again: what is behind the end faults with SIGBUS meanwhile. */
    private static void truncate(Worker worker) {
        worker.choosePlace(FILES);
        OpenFile file = fileToShrink(worker);
        Files files = worker.mm().files();
        int pages = worker.random().nextInt(Slot.PAGES);
        worker.begin(Operation.TRUNCATE, worker.slot().start(), Slot.PAGES, pages);
        int result = files.truncate(worker.task(), file, pages);
        worker.end(OpResult.ofErrno(result));
        worker.begin(Operation.TRUNCATE, worker.slot().start(), Slot.PAGES, Slot.PAGES);
        result = files.truncate(worker.task(), file, Slot.PAGES);
        worker.end(OpResult.ofErrno(result));
    }

    private static OpenFile fileToShrink(Worker worker) {
        FileKind kind = worker.slot().file();
        if (kind == null) {
            throw new IllegalStateException(worker.slot() + " maps no file");
        }
        if (kind.isFsdax()) {
            worker.releaseFsdaxPins();
        }
        return worker.process().files().writable(kind);
    }
}
