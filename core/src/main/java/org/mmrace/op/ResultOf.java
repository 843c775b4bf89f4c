package org.mmrace.op;

/** What an earlier operation gave; {@code none} if it has not run. */
record ResultOf(String name) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.stage().result(name).text());
    }
}
