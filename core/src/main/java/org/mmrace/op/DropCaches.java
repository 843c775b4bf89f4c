package org.mmrace.op;

/** {@code drop_caches} for one file. */
record DropCaches(String file) implements Op {
    @Override
    public Result run(Actor actor) {
        actor.mm().files().dropCaches(actor.task(), actor.stage().file(file));
        return Result.of(0);
    }
}
