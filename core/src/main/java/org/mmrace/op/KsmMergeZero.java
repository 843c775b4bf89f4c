package org.mmrace.op;

/** KSM finds an empty page: 0 if it gave way to the zeropage. */
record KsmMergeZero(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm().ksm().mergeZero(actor.task(), actor.process(at), actor.addr(at)));
    }
}
