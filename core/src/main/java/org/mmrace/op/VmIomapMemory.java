package org.mmrace.op;

import org.mmrace.mm.Page;

/** {@code vm_iomap_memory()}: {@code remap_pfn_range()} of consecutive frames that begin with a page of the driver. */
record VmIomapMemory(Arg.Region at, String page) implements Op {
    @Override
    public Result run(Actor actor) {
        Page first = actor.page(page);
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
                                first.pfn(),
                                actor.length(at),
                                vma.pageProt(actor.kernel()))));
    }
}
