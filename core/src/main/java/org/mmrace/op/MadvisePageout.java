package org.mmrace.op;

/** {@code madvise(MADV_PAGEOUT)}. */
record MadvisePageout(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(
                actor.mm().madviseReclaim().pageout(actor.task(), actor.process(at), actor.addr(at), actor.length(at)));
    }
}
