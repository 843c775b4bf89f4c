package org.mmrace.op;

/** {@code munmap(2)}. */
record MunmapRange(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm().munmap().munmap(actor.task(), actor.process(at), actor.addr(at), actor.length(at)));
    }
}
