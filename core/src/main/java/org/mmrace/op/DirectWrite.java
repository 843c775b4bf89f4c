package org.mmrace.op;

import org.mmrace.kernel.LocalLong;

/** write(2) with O_DIRECT: the value that the device reads from the page, or a negative errno. */
record DirectWrite(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        LocalLong value = new LocalLong(0);
        int error = new DirectIo(actor.machine()).write(actor.task(), actor.process(at), actor.addr(at), value);
        return error == 0 ? Result.value(value.get()) : Result.of(error);
    }
}
