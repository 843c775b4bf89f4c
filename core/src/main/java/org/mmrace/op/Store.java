package org.mmrace.op;

/** A user store: 0, or the signal. */
record Store(Arg.Region at, long value) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm().userAccess().store(actor.task(), actor.process(at), actor.addr(at), value));
    }
}
