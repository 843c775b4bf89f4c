package org.mmrace.op;

/** {@code move_pages(2)} of one page: it goes to another frame. */
record MovePage(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm().migrate().movePage(actor.task(), actor.process(at), actor.addr(at)));
    }
}
