package org.mmrace.op;

import org.mmrace.mm.OpenFile;

/** {@code fallocate(FALLOC_FL_PUNCH_HOLE)}. */
record PunchHole(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        OpenFile file = actor.stage().open(at.name());
        int first = Math.max(at.first(), 0);
        int count = at.isAll() ? file.mapping().capacity() : at.last() - first + 1;
        return Result.of(actor.mm().files().punchHole(actor.task(), file, first, count));
    }
}
