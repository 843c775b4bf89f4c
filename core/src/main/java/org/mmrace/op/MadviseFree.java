package org.mmrace.op;

/** {@code madvise(MADV_FREE)}. */
record MadviseFree(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(
                actor.mm().madviseReclaim().free(actor.task(), actor.process(at), actor.addr(at), actor.length(at)));
    }
}
