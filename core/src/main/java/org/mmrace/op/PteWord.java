package org.mmrace.op;

import org.mmrace.mm.Memory;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.PageTables;
import org.mmrace.mm.Pte;

/** A page-table entry in the notation of the recordings: {@code Zsa}, {@code Nwda}, {@code -}. */
record PteWord(Arg.Region at) implements Op {
    @Override
    public Result run(Actor actor) {
        PageTables tables = actor.machine().platform().tables();
        PageTable table = tables.pteTable(actor.process(at), actor.addr(at));
        long pte = table == null ? Pte.NONE : tables.ptepGet(table, actor.addr(at));
        return Result.of(Pte.toString(pte, Memory.isZero(Pte.pfn(pte))));
    }
}
