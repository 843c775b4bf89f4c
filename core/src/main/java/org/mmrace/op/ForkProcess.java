package org.mmrace.op;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Errno;
import org.mmrace.mm.Mm;

/** {@code fork(2)}: 0, or -ENOMEM. */
record ForkProcess(String child, @Nullable String parent) implements Op {
    @Override
    public Result run(Actor actor) {
        Mm made = actor.mm()
                .fork()
                .fork(actor.task(), actor.processOrOwn(parent), actor.mm().munmap());
        if (made == null) {
            return Result.of(-Errno.ENOMEM);
        }
        actor.stage().forked(child, made);
        return Result.of(0);
    }
}
