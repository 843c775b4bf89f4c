package org.mmrace.op;

import org.mmrace.mm.AddressSpace;

/** {@code unmap_mapping_pages()}, even of pages that a process has copied for itself. */
record UnmapMappingPages(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        AddressSpace file = actor.stage().file(at.name());
        int first = Math.max(at.first(), 0);
        int count = at.isAll() ? file.capacity() : at.last() - first + 1;
        actor.mm().zap().unmapMappingPages(actor.task(), file, first, count, true);
        return Result.of(0);
    }
}
