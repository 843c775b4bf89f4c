package org.mmrace.op;

/** {@code UFFDIO_ZEROPAGE} of one page: 0, or a negative errno. */
record UffdioZeropage(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm().userfaultfd().zeropage(actor.task(), actor.process(at), actor.addr(at)));
    }
}
