package org.mmrace.op;

/** {@code UFFDIO_COPY} of one page: 0, or a negative errno. */
record UffdioCopy(Arg.Region at, long value) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm().userfaultfd().copy(actor.task(), actor.process(at), actor.addr(at), value, false));
    }
}
