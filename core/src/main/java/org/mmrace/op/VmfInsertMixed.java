package org.mmrace.op;

import org.mmrace.mm.InsertPfn;

/** {@code vmf_insert_mixed()} and {@code vmf_insert_mixed_mkwrite()}, under mmap_lock for reading. */
record VmfInsertMixed(Arg.Region at, String page, boolean mkwrite) implements Op {
    @Override
    public Result run(Actor actor) {
        InsertPfn insert = actor.mm().insertPfn();
        long pfn = actor.page(page).pfn();
        return Result.fault(MmapLocked.readLocked(
                actor,
                at,
                vma -> mkwrite
                        ? insert.vmfInsertMixedMkwrite(actor.task(), vma, actor.addr(at), pfn)
                        : insert.vmfInsertMixed(actor.task(), vma, actor.addr(at), pfn)));
    }
}
