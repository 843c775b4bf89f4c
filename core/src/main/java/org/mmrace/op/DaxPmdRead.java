package org.mmrace.op;

/** {@code dax_iomap_pmd_fault()} for reading, under mmap_lock for reading. */
record DaxPmdRead(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.fault(MmapLocked.readLocked(
                actor, at, vma -> actor.mm().daxPmdFault().pmdFault(actor.task(), vma, actor.addr(at))));
    }
}
