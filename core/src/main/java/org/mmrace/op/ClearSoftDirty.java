package org.mmrace.op;

import org.jspecify.annotations.Nullable;

/** A write of 4 to {@code /proc/PID/clear_refs}. */
record ClearSoftDirty(@Nullable String process) implements Op {
    @Override
    public Result run(Actor actor) {
        actor.mm().clearRefs().clearSoftDirty(actor.task(), actor.processOrOwn(process));
        return Result.of(0);
    }
}
