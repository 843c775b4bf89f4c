package org.mmrace.op;

/** {@code remap_pfn_range()} of device frames without struct page, with mmap_lock held for writing. */
record RemapPfnRange(Arg.Region at, long frame) implements Op {
    @Override
    public Result run(Actor actor) {
        long pfn = actor.machine().platform().memory().devicePfn((int) frame);
        return Result.of(MmapLocked.call(
                actor,
                at,
                false,
                vma -> actor.mm()
                        .insertPfn()
                        .remapPfnRange(
                                actor.task(),
                                vma,
                                actor.addr(at),
                                pfn,
                                actor.length(at),
                                vma.pageProt(actor.kernel()))));
    }
}
