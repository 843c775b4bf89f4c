package org.mmrace.op;

import org.mmrace.mm.Mm;

/** The last thread of a process exits: {@code exit_mmap()}. */
record ExitMmap(String process) implements Op {
    @Override
    public Result run(Actor actor) {
        Mm mm = actor.stage().process(process);
        actor.stage().exited(process);
        actor.mm().munmap().exitMmap(actor.task(), mm);
        return Result.of(0);
    }
}
