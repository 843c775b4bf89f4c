package org.mmrace.op;

/** {@code mprotect(2)}. */
record MprotectRange(Arg.Region at, long prot) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm()
                .mprotect()
                .mprotect(actor.task(), actor.process(at), actor.addr(at), actor.length(at), prot));
    }
}
