package org.mmrace.op;

import org.mmrace.mm.Page;

/** A device or the kernel reads the first page of a get or pin: the value. */
record DmaRead(String result) implements Op {
    @Override
    public Result run(Actor actor) {
        Page page = actor.held(result).pages().get(0);
        return Result.value(actor.machine().platform().memory().contents(page.pfn()));
    }
}
