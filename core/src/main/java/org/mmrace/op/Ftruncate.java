package org.mmrace.op;

/** {@code ftruncate(2)} to so many pages. */
record Ftruncate(String file, long pages) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm().files().truncate(actor.task(), actor.stage().open(file), (int) pages));
    }
}
