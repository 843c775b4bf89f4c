package org.mmrace.op;

/** {@code vmf_insert_page_mkwrite()}, under mmap_lock for reading; {@code write} is 0 or 1. */
record VmfInsertPageMkwrite(Arg.Region at, String page, long write) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.fault(MmapLocked.readLocked(
                actor,
                at,
                vma -> actor.mm()
                        .insertPfn()
                        .vmfInsertPageMkwrite(actor.task(), vma, actor.addr(at), actor.page(page), write != 0)));
    }
}
