package org.mmrace.op;

/** {@code vm_insert_page()} with mmap_lock held. */
record VmInsertPage(Arg.Region at, String page, boolean readLock) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(MmapLocked.call(
                actor,
                at,
                readLock,
                vma -> actor.mm().insertPage().vmInsertPage(actor.task(), vma, actor.addr(at), actor.page(page))));
    }
}
