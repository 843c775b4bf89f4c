package org.mmrace.op;

import org.mmrace.mm.AddressSpace;

/** Writeback of pages of a file: how many were dirty and are written. */
record WritePages(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        AddressSpace file = actor.stage().file(at.name());
        int last = at.isAll() ? file.capacity() - 1 : at.last();
        int written = 0;
        for (int index = Math.max(at.first(), 0); index <= last; index++) {
            written += actor.mm().writeback().writePage(actor.task(), file, index) ? 1 : 0;
        }
        return Result.of(written);
    }
}
