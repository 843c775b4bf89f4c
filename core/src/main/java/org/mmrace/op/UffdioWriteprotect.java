package org.mmrace.op;

/** {@code UFFDIO_WRITEPROTECT}: write-protects, or lets writes through again. */
record UffdioWriteprotect(Arg.Region at, boolean enable) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm()
                .userfaultfd()
                .writeProtect(actor.task(), actor.process(at), actor.addr(at), actor.length(at), enable));
    }
}
