package org.mmrace.op;

/** {@code collapse_huge_page()} by khugepaged, of the page table around an address: a {@code SCAN_} result. */
record CollapseHugePage(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        return Result.of("SCAN_" + actor.mm().khugepaged().collapse(actor.task(), actor.process(at), actor.addr(at)));
    }
}
