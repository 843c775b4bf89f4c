package org.mmrace.op;

/** {@code madvise(MADV_MERGEABLE)}. */
record MadviseMergeable(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(
                actor.mm().ksm().madviseMergeable(actor.task(), actor.process(at), actor.addr(at), actor.length(at)));
    }
}
