package org.mmrace.op;

import org.mmrace.mm.Page;

/** A device or the kernel writes to the first page of a get or pin, without a look at any page table. */
record DmaWrite(String result, long value) implements Op {
    @Override
    public Result run(Actor actor) {
        Page page = actor.held(result).pages().get(0);
        actor.machine().platform().memory().setContents(actor.task(), page.pfn(), value);
        return Result.of(0);
    }
}
