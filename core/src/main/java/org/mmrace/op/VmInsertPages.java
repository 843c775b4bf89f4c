package org.mmrace.op;

import java.util.List;
import org.mmrace.kernel.LocalLong;
import org.mmrace.mm.Page;

/** {@code vm_insert_pages()} with mmap_lock held for reading, as from a fault handler that maps around: its result. */
record VmInsertPages(Arg.Region at, List<String> pages) implements Op {
    @Override
    public Result run(Actor actor) {
        List<Page> all = actor.pages(pages);
        return Result.of(MmapLocked.readLocked(
                actor,
                at,
                vma -> actor.mm()
                        .insertPage()
                        .vmInsertPages(actor.task(), vma, actor.addr(at), all, new LocalLong(all.size()))));
    }
}
