package org.mmrace.op;

/** {@code UFFDIO_REGISTER}; modes as {@link org.mmrace.mm.Userfaultfd} has them. */
record UffdioRegister(Arg.Region at, long modes, boolean wpAsync) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm()
                .userfaultfd()
                .register(actor.task(), actor.process(at), actor.addr(at), actor.length(at), modes, wpAsync));
    }
}
