package org.mmrace.op;

/** {@code fsync(2)}. */
record Fsync(String file) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(
                actor.mm().writeback().fsync(actor.task(), actor.stage().file(file)));
    }
}
