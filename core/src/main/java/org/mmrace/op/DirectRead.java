package org.mmrace.op;

/** read(2) with O_DIRECT: the device writes the value to the page; 0, or a negative errno. */
record DirectRead(Arg.Region at, long value) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(new DirectIo(actor.machine()).read(actor.task(), actor.process(at), actor.addr(at), value));
    }
}
