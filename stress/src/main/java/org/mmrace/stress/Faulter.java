package org.mmrace.stress;

import org.jspecify.annotations.Nullable;
import org.mmrace.mm.Files;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.UserAccess;

/** Loads and stores through the TLB, and writes through file descriptors; checks what it reads. */
final class Faulter implements Role {
    private static final SlotSet WRITABLE = SlotSet.of(Slot::openForWriting);
    private static final FileKind[] FILES = {
        FileKind.DAX, FileKind.DAX, FileKind.VIRTIOFS, FileKind.CACHE, FileKind.SHMEM
    };

    @Override
    public void step(Worker worker) {
        int dice = worker.random().nextInt(100);
        if (dice < 52) {
            worker.choosePlace(SlotSet.ALL);
            load(worker);
        } else if (dice < 94) {
            worker.choosePlace(worker.random().nextInt(16) == 0 ? SlotSet.ALL : WRITABLE);
            store(worker);
        } else {
            FileKind kind = FILES[worker.random().nextInt(FILES.length)];
            int index = worker.random().nextInt(worker.random().nextInt(4) == 0 ? Slot.PAGES : 2);
            writeFile(worker, kind, index, dice < 99);
        }
    }

    /** Loads from the chosen place. */
    static void load(Worker worker) {
        worker.begin(Operation.LOAD, worker.addr(), 1, 0);
        UserAccess.Outcome outcome =
                worker.mm().userAccess().load(worker.task(), worker.process().mm(), worker.addr(), worker.loaded());
        worker.end(OpResult.ofAccess(outcome));
        if (outcome == UserAccess.Outcome.DONE) {
            worker.checkData(
                    worker.process(),
                    worker.slot(),
                    worker.page(),
                    worker.loaded().get());
        }
    }

    /** Stores to the chosen place. */
    static void store(Worker worker) {
        long tag = worker.newTag(worker.process(), worker.slot(), worker.page());
        worker.begin(Operation.STORE, worker.addr(), 1, tag);
        UserAccess.Outcome outcome =
                worker.mm().userAccess().store(worker.task(), worker.process().mm(), worker.addr(), tag);
        worker.end(OpResult.ofAccess(outcome));
    }

    /** write(2), or fallocate(2) if there is no data. */
    static void writeFile(Worker worker, @Nullable FileKind kind, int index, boolean data) {
        if (kind == null) {
            throw new IllegalArgumentException("anonymous memory has no file");
        }
        OpenFile file = worker.process().files().writable(kind);
        if (kind.isFsdax()) {
            worker.releaseFsdaxPins();
        }
        Files files = worker.mm().files();
        worker.begin(
                data ? Operation.WRITE : Operation.FALLOCATE, Slot.sharing(kind).addr(index), 1, 0);
        if (index >= file.mapping().sizePages()) {
            worker.end(OpResult.UNMAPPED);
            return;
        }
        long tag = DataTags.shared(worker.process().files().id(kind), index, worker.done());
        int result = data ? files.write(worker.task(), file, index, tag) : files.fallocate(worker.task(), file, index);
        worker.end(OpResult.ofErrno(result));
    }
}
