package org.mmrace.op;

/** {@code madvise(MADV_DONTNEED)}. */
record MadviseDontneed(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(
                actor.mm().madvise().dontneed(actor.task(), actor.process(at), actor.addr(at), actor.length(at)));
    }
}
