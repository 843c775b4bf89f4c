package org.mmrace.op;

import org.mmrace.mm.AddressSpace;

/** Reclaim of pages of a file: how many were clean and not in use, and are gone. */
record ShrinkFolioList(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        AddressSpace file = actor.stage().file(at.name());
        int last = at.isAll() ? file.capacity() - 1 : at.last();
        int reclaimed = 0;
        for (int index = Math.max(at.first(), 0); index <= last; index++) {
            reclaimed += actor.mm().reclaim().shrinkFilePage(actor.task(), file, index) ? 1 : 0;
        }
        return Result.of(reclaimed);
    }
}
