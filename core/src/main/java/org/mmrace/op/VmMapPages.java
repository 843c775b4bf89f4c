package org.mmrace.op;

import java.util.List;
import org.mmrace.mm.MapPages;

/** {@code vm_map_pages()} and {@code vm_map_pages_zero()} with mmap_lock held for writing. */
record VmMapPages(Arg.Region at, List<String> pages, boolean zero) implements Op {
    @Override
    public Result run(Actor actor) {
        MapPages insert = actor.mm().mapPages();
        return Result.of(MmapLocked.call(
                actor,
                at,
                false,
                vma -> zero
                        ? insert.vmMapPagesZero(actor.task(), vma, actor.pages(pages))
                        : insert.vmMapPages(actor.task(), vma, actor.pages(pages))));
    }
}
