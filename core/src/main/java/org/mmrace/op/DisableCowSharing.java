package org.mmrace.op;

import org.jspecify.annotations.Nullable;

/** {@code s390_disable_cow_sharing()} of a process. */
record DisableCowSharing(@Nullable String process) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of(actor.mm().cowSharing().disable(actor.task(), actor.processOrOwn(process)));
    }
}
