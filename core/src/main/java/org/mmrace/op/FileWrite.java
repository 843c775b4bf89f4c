package org.mmrace.op;

/** {@code write(2)} to one page of a file: 1, or a negative errno. */
record FileWrite(Arg.Region at, long value) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm().files().write(actor.task(), actor.stage().open(at.name()), at.first(), value));
    }
}
