package org.mmrace.mm;

/**
 * Ghost: where a lockless walk of GUP has come to, and what the tables were then.
 *
 * @param mm whose tables are walked
 * @param pmd the middle table
 * @param table the table of PTEs
 * @param handedOn {@link PageTable#handedOn} of the middle table
 * @param lives {@link PageTable#lives} of the table of PTEs
 */
public record GupWalk(Mm mm, PageTable pmd, PageTable table, long handedOn, long lives) {
    static GupWalk at(Mm mm, PageTable pmd, PageTable table, long handedOn) {
        return new GupWalk(mm, pmd, table, handedOn, table.lives().get());
    }
}
