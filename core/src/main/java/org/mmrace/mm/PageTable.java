package org.mmrace.mm;

import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Ghost;
import org.mmrace.kernel.GhostArray;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/**
 * One page of page-table entries with its split lock. At the lowest level the entries are {@link Pte}s; above, each
 * holds the number of the next table, or 0.
 */
public final class PageTable {
    private final int id;
    final WordArray entries;
    final SpinLock ptl;
    final SpinLock pmdLock;
    private final Ghost freed = new Ghost();
    private final Ghost lives = new Ghost();
    private final Ghost detachments = new Ghost();
    private final Ghost handedOn = new Ghost();
    private final Ghost huge = new Ghost();
    final Word extraSharers = new Word();
    private final GhostArray counted;

    PageTable(int id, int length) {
        this.id = id;
        this.entries = new WordArray(length);
        this.counted = new GhostArray(length);
        this.ptl = new SpinLock(LockClass.PTL, "ptl:" + id);
        this.pmdLock = new SpinLock(LockClass.PAGE_TABLE, "pmd_lock:" + id);
    }

    /** Tells the names of its cells, as of a table that nobody has hung up anywhere. */
    void nameCells(CellNames names) {
        names.words(entries, index -> "table:" + id + "[" + index + "]");
        names.word(extraSharers, () -> "table:" + id + " sharers");
    }

    /** Its number, which the level above holds. */
    public int id() {
        return id;
    }

    /** Its split lock. */
    public SpinLock ptl() {
        return ptl;
    }

    /** How many entries it has. */
    public int length() {
        return entries.length();
    }

    /** Ghost: for each entry, whether whoever installed it counted its page: 1 yes, 0 no. */
    public GhostArray counted() {
        return counted;
    }

    /** Ghost: 1 while it is not part of any page table. */
    public Ghost freed() {
        return freed;
    }

    /** Ghost: how many times it has been allocated. */
    public Ghost lives() {
        return lives;
    }

    /**
     * Ghost: odd while a table that was in use is out of the page table: set after its pmd entry was cleared, and put
     * back before it is stored again. Starts again with every life.
     */
    public Ghost detachments() {
        return detachments;
    }

    /**
     * How many address spaces more than one use it: only middle tables of hugetlb mappings are shared
     * ({@code page_count()} of the table's page, less one).
     */
    public long extraSharers(Kernel kernel) {
        return kernel.readOnce(extraSharers);
    }

    /** Ghost: the number of the address space that was the last to give its share of it up, and may not look again. */
    public Ghost handedOn() {
        return handedOn;
    }

    /** Ghost: 1 while it stands for one huge entry, until an entry of it is cleared. */
    public Ghost huge() {
        return huge;
    }

    /** Whether every entry is none; PTL held. */
    boolean isEmpty(Kernel kernel) {
        for (int i = 0; i < entries.length(); i++) {
            if (kernel.readOnce(entries, i) != Pte.NONE) {
                return false;
            }
        }
        return true;
    }

    /** Whether it was part of a page table in this life, and is not now. */
    public boolean isDetached() {
        return (detachments.get() & 1) != 0;
    }

    @Override
    public String toString() {
        return "table " + id;
    }
}
