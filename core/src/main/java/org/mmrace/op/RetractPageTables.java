package org.mmrace.op;

/** {@code retract_page_tables()} by khugepaged, from one page of a file on: how many tables were detached. */
record RetractPageTables(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        int first = Math.max(at.first(), 0);
        return Result.of(actor.mm()
                .khugepaged()
                .retractPageTables(actor.task(), actor.stage().file(at.name()), first));
    }
}
