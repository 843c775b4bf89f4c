package org.mmrace.op;

import org.mmrace.mm.RefKind;

/** The driver drops its own reference on a page. */
record FreePage(String page) implements Op {
    @Override
    public Result run(Actor actor) {
        actor.machine().platform().folios().put(actor.task(), actor.page(page), RefKind.OWNER);
        return Result.of(0);
    }
}
