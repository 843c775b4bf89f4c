package org.mmrace.op;

import org.mmrace.mm.Folios;
import org.mmrace.mm.Page;

/** What a page counts: {@code ref} its references, {@code map} its mapcount. */
record PageCount(String page, boolean mapcount) implements Op {
    @Override
    public Result run(Actor actor) {
        Folios folios = actor.machine().platform().folios();
        Page asked = actor.page(page);
        return Result.value(mapcount ? folios.mapcount(asked) : folios.refCount(asked));
    }
}
