package org.mmrace.stress;

import org.mmrace.mm.AddressSpace;

/** Writes dirty pages of files back: the page cache's, and those of DAX files. */
final class Cleaner implements Role {
    private static final FileKind[] FILES = {FileKind.CACHE, FileKind.CACHE, FileKind.DAX, FileKind.VIRTIOFS};
    private static final int FSYNC_ONE_IN = 8;

    @Override
    public void step(Worker worker) {
        FileKind kind = FILES[worker.random().nextInt(FILES.length)];
        if (worker.random().nextInt(FSYNC_ONE_IN) == 0) {
            AddressSpace mapping = worker.process().files().mapping(kind);
            worker.begin(Operation.FSYNC, Slot.sharing(kind).start(), Slot.PAGES, 0);
            worker.end(OpResult.ofErrno(worker.mm().writeback().fsync(worker.task(), mapping)));
        } else {
            boolean any = worker.random().nextInt(4) == 0;
            write(worker, kind, worker.random().nextInt(any ? Slot.PAGES : 2));
        }
    }

    /** Writes one page back if it is dirty. */
    static void write(Worker worker, FileKind kind, int index) {
        worker.begin(Operation.WRITEPAGES, Slot.sharing(kind).addr(index), 1, 0);
        boolean written = worker.mm()
                .writeback()
                .writePage(worker.task(), worker.process().files().mapping(kind), index);
        worker.end(written ? OpResult.OK : OpResult.NONE);
    }
}
