package org.mmrace.op;

/** {@code UFFDIO_CONTINUE} of one page: 0, or a negative errno. */
record UffdioContinue(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm().userfaultfd().continueMapping(actor.task(), actor.process(at), actor.addr(at)));
    }
}
