package org.mmrace.op;

/** {@code zap_vma_ptes()} with mmap_lock held for reading. */
record ZapVmaPtes(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(MmapLocked.readLocked(actor, at, vma -> {
            actor.mm().zap().zapVmaPtes(actor.task(), vma, actor.addr(at), actor.length(at));
            return 0;
        }));
    }
}
