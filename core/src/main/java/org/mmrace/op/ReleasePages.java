package org.mmrace.op;

/** {@code put_page()} of a get, {@code unpin_user_page()} of a pin: of every page that it gave. */
record ReleasePages(String result) implements Op {
    @Override
    public Result run(Actor actor) {
        Result.Held held = actor.held(result);
        held.pages().forEach(page -> actor.mm().gup().release(actor.task(), page, held.flags()));
        return Result.of(0);
    }
}
