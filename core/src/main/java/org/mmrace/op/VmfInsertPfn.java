package org.mmrace.op;

/** {@code vmf_insert_pfn()} of a device frame without struct page, under mmap_lock for reading. */
record VmfInsertPfn(Arg.Region at, long frame) implements Op {
    @Override
    public Result run(Actor actor) {
        long pfn = actor.machine().platform().memory().devicePfn((int) frame);
        return Result.fault(MmapLocked.readLocked(
                actor, at, vma -> actor.mm().insertPfn().vmfInsertPfn(actor.task(), vma, actor.addr(at), pfn)));
    }
}
