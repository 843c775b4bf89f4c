package org.mmrace.op;

import org.mmrace.mm.Page;

/**
 * {@code split_huge_page()} of the compound page that a page belongs to: 0, or -EAGAIN while somebody else holds it.
 */
record SplitHugePage(String page) implements Op {
    @Override
    public Result run(Actor actor) {
        Page head = actor.page(page).folio(actor.kernel());
        return Result.of(actor.mm().splitFolio().splitFolio(actor.task(), head));
    }
}
