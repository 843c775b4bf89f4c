package org.mmrace.op;

/** {@code UFFDIO_UNREGISTER}. */
record UffdioUnregister(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(
                actor.mm().userfaultfd().unregister(actor.task(), actor.process(at), actor.addr(at), actor.length(at)));
    }
}
