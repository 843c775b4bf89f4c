package org.mmrace.mm;

/** {@code free_pgtables()} (mm/memory.c): the tables of a range that nobody can reach any more. */
final class FreePgtables {
    private final PageTables tables;

    FreePgtables(PageTables tables) {
        this.tables = tables;
    }

    /**
     * {@code free_pgtables()} for {@code [start, end)}: detaches every table around this range that maps nothing
     * outside {@code [floor, ceiling)}, the ends of the neighbours, and hands it to {@code gather}.
     */
    void freePgtables(MmuGather gather, Mm mm, long start, long end, long floor, long ceiling) {
        long pmdSize = tables.pmdSize();
        for (long base = start / pmdSize * pmdSize; base < end; base += pmdSize) {
            PageTable pmd = tables.pmdOffset(mm, base);
            PageTable table = pmd == null ? null : tables.pteTable(pmd, base);
            if (pmd != null && table != null && base >= floor && base + pmdSize <= ceiling) {
                tables.pmdClear(pmd, table, base);
                gather.freeTable(table, base, pmdSize);
            }
        }
        long pgdSize = tables.pgdSize();
        for (long base = start / pgdSize * pgdSize; base < end; base += pgdSize) {
            PageTable pmd = tables.pmdOffset(mm, base);
            if (pmd != null && base >= floor && base + pgdSize <= ceiling) {
                tables.pgdClear(mm, base);
                gather.freeTable(pmd, base, pgdSize);
            }
        }
    }
}
