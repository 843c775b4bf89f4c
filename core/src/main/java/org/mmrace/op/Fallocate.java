package org.mmrace.op;

/** {@code fallocate(2)} of one page of a file. */
record Fallocate(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(
                actor.mm().files().fallocate(actor.task(), actor.stage().open(at.name()), at.first()));
    }
}
