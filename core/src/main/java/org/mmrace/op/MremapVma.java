package org.mmrace.op;

import java.util.Set;
import org.mmrace.mm.Mremap;

/** {@code mremap(2)} with MREMAP_FIXED: 0, or a negative errno. The length may change. */
record MremapVma(Arg.Region from, Arg.Region to) implements Op {
    @Override
    public Result run(Actor actor) {
        Set<Mremap.Flag> flags = Set.of(Mremap.Flag.MAYMOVE, Mremap.Flag.FIXED);
        return Result.of(Math.min(
                0,
                actor.mm()
                        .mremap()
                        .mremap(
                                actor.task(),
                                actor.process(from),
                                actor.addr(from),
                                actor.length(from),
                                actor.length(to),
                                flags,
                                actor.addr(to))));
    }
}
