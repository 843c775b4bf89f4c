package org.mmrace.mm;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.CellNames;

/**
 * Calls the entries of page tables after the addresses that they are for, as the tables hang now.
 *
 * @param names what is told
 * @param where what addresses are called
 */
record TableNames(CellNames names, PageTables tables, LongFunction<String> where) {
    void tell(Mm mm) {
        names.words(mm.pgd.entries, index -> "pgd[" + where.apply(index * tables.pgdSize()) + "]");
        for (long addr = 0; addr < tables.taskSize(); addr += tables.pgdSize()) {
            PageTable pmd = tables.pmdOffset(mm, addr);
            if (pmd != null) {
                tell(pmd, addr);
            }
        }
    }

    private void tell(PageTable pmd, long base) {
        names.words(pmd.entries, index -> "pmd[" + where.apply(base + index * tables.pmdSize()) + "]");
        for (long addr = base; addr < base + tables.pgdSize(); addr += tables.pmdSize()) {
            @Nullable PageTable table = tables.pteTable(pmd, addr);
            if (table != null) {
                long first = addr;
                names.words(
                        table.entries,
                        index -> "pte[" + where.apply(first + index * Address.PAGE_SIZE) + "]",
                        pte -> Pte.toString(pte, names));
            }
        }
    }
}
