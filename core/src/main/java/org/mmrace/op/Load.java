package org.mmrace.op;

import org.mmrace.kernel.LocalLong;
import org.mmrace.mm.UserAccess;

/** A user load: the value, or the signal. */
record Load(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        LocalLong value = new LocalLong(0);
        UserAccess.Outcome outcome =
                actor.mm().userAccess().load(actor.task(), actor.process(at), actor.addr(at), value);
        return outcome == UserAccess.Outcome.DONE ? Result.value(value.get()) : Result.of(outcome);
    }
}
