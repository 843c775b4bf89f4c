package org.mmrace.op;

/** {@code set_page_dirty_lock()} of every page of a get or pin. */
record SetPageDirtyLock(String result) implements Op {
    @Override
    public Result run(Actor actor) {
        actor.held(result)
                .pages()
                .forEach(page -> actor.machine().platform().folios().setDirtyLock(actor.task(), page));
        return Result.of(0);
    }
}
