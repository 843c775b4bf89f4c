package org.mmrace.mm;

import org.mmrace.kernel.CellNames;

/**
 * Page-table entries as 64-bit values, with the bits of x86 (arch/x86/include/asm/pgtable_types.h). Entries are
 * compared by value; every helper gives a new one.
 */
public final class Pte {
    /** The entry that maps nothing ({@code pte_none()}). */
    public static final long NONE = 0;

    static final long PRESENT = 1L;
    static final long RW = 1L << 1;
    static final long ACCESSED = 1L << 5;
    static final long DIRTY = 1L << 6;
    static final long PROTNONE = 1L << 8;
    static final long SPECIAL = 1L << 9;
    static final long UFFD_WP = 1L << 10;
    static final long SOFT_DIRTY = 1L << 11;
    static final long DEVMAP = 1L << 58;
    static final long MIGRATION = 1L << 59;

    private static final int PFN_SHIFT = 12;
    private static final long PFN_MASK = ((1L << 40) - 1) << PFN_SHIFT;

    /** What {@link #modify} takes from the new protection; everything else stays ({@code _PAGE_CHG_MASK}). */
    private static final long PROT_MASK = PRESENT | RW | PROTNONE;

    private Pte() {}

    /** {@code mk_pte()}: maps {@code pfn} with the protection {@code prot}. */
    public static long make(long pfn, long prot) {
        return pfn << PFN_SHIFT | prot;
    }

    /**
     * {@code make_writable_migration_entry()} and its read-only sister: not present; a fault waits until {@code pfn}
     * has moved.
     */
    public static long migration(long pfn, boolean writable) {
        return pfn << PFN_SHIFT | MIGRATION | (writable ? RW : 0);
    }

    /** {@code is_migration_entry()}. */
    public static boolean isMigration(long pte) {
        return (pte & MIGRATION) != 0;
    }

    /** The page frame that it maps, or that a migration entry stands for. */
    public static long pfn(long pte) {
        return (pte & PFN_MASK) >>> PFN_SHIFT;
    }

    /** Whether it is empty. */
    public static boolean isNone(long pte) {
        return pte == NONE;
    }

    /** Whether it maps a page, if only for nobody (PROT_NONE). */
    public static boolean isPresent(long pte) {
        return (pte & (PRESENT | PROTNONE)) != 0;
    }

    /** Whether the hardware lets the user access it. */
    public static boolean isAccessible(long pte) {
        return (pte & PRESENT) != 0;
    }

    /** Whether it maps a page that nobody may access. */
    public static boolean isProtnone(long pte) {
        return (pte & (PRESENT | PROTNONE)) == PROTNONE;
    }

    /** Whether it may be written through. */
    public static boolean isWritable(long pte) {
        return (pte & RW) != 0;
    }

    /** Whether it was written through. */
    public static boolean isDirty(long pte) {
        return (pte & DIRTY) != 0;
    }

    /** Whether it was used. */
    public static boolean isYoung(long pte) {
        return (pte & ACCESSED) != 0;
    }

    /**
     * Whether its page must not be touched by the core ({@code pte_special()}; a devmap entry reads as special too).
     */
    public static boolean isSpecial(long pte) {
        return (pte & SPECIAL) != 0;
    }

    /** Whether it maps device memory with a struct page. */
    public static boolean isDevmap(long pte) {
        return (pte & DEVMAP) != 0;
    }

    /** Whether userfaultfd write-protects it. */
    public static boolean isUffdWp(long pte) {
        return (pte & UFFD_WP) != 0;
    }

    /** Whether it was written since soft-dirty bits were cleared. */
    public static boolean isSoftDirty(long pte) {
        return (pte & SOFT_DIRTY) != 0;
    }

    static long mkspecial(long pte) {
        return pte | SPECIAL;
    }

    static long mkdevmap(long pte) {
        return pte | SPECIAL | DEVMAP;
    }

    /** Dirty, and soft-dirty with it. */
    static long mkdirty(long pte) {
        return pte | DIRTY | SOFT_DIRTY;
    }

    static long mksoftDirty(long pte) {
        return pte | SOFT_DIRTY;
    }

    static long mkyoung(long pte) {
        return pte | ACCESSED;
    }

    static long mkwrite(long pte) {
        return pte | RW;
    }

    /** Writable if the VMA is ({@code maybe_mkwrite()}). */
    static long maybeMkwrite(long pte, long vmFlags) {
        return (vmFlags & VmFlags.WRITE) != 0 ? mkwrite(pte) : pte;
    }

    static long wrprotect(long pte) {
        return pte & ~RW;
    }

    static long mkclean(long pte) {
        return pte & ~DIRTY;
    }

    static long mkold(long pte) {
        return pte & ~ACCESSED;
    }

    static long clearSoftDirty(long pte) {
        return pte & ~SOFT_DIRTY;
    }

    /** What the hardware does on a store: the dirty bit, and nothing else. */
    static long hardwareDirty(long pte) {
        return pte | DIRTY;
    }

    /** Write-protected, for userfaultfd ({@code pte_mkuffd_wp()}). */
    static long mkuffdWp(long pte) {
        return wrprotect(pte) | UFFD_WP;
    }

    static long clearUffdWp(long pte) {
        return pte & ~UFFD_WP;
    }

    /** The same rights and marks for another frame. */
    static long withPfn(long pte, long pfn) {
        return (pte & ~PFN_MASK) | pfn << PFN_SHIFT;
    }

    /** {@code pte_modify()}: replaces the protection and keeps everything else. */
    static long modify(long pte, long newProt) {
        return (pte & ~PROT_MASK) | (newProt & PROT_MASK);
    }

    /**
     * {@code pte_needs_flush()}: whether a TLB may hold {@code oldPte} in a way that {@code newPte} forbids or changes.
     */
    public static boolean needsFlush(long oldPte, long newPte) {
        if (!isAccessible(oldPte)) {
            return false;
        }
        long changed = oldPte ^ newPte;
        boolean dirtyCleared = isDirty(oldPte) && !isDirty(newPte);
        return (changed & (PFN_MASK | RW | PRESENT | PROTNONE)) != 0 || dirtyCleared;
    }

    /**
     * The notation of the recordings: {@code "-"} for none; else {@code Z} zeropage or {@code N} another page, then
     * {@code s} special, {@code w} writable, {@code d} dirty, {@code a} young, {@code m} devmap.
     */
    public static String toString(long pte, boolean zeropage) {
        if (!isPresent(pte)) {
            return "-";
        }
        StringBuilder text = new StringBuilder(zeropage ? "Z" : "N");
        appendIf(text, isSpecial(pte), 's');
        appendIf(text, isWritable(pte), 'w');
        appendIf(text, isDirty(pte), 'd');
        appendIf(text, isYoung(pte), 'a');
        appendIf(text, isDevmap(pte), 'm');
        return text.toString();
    }

    /** The same with the name of the page, {@code "Nwda:A"}, which the zeropage does not need; for traces. */
    public static String toString(long pte, CellNames names) {
        if (isMigration(pte)) {
            return "migration:" + names.frame(pfn(pte));
        }
        boolean zeropage = Memory.isZero(pfn(pte));
        return toString(pte, zeropage) + (zeropage || !isPresent(pte) ? "" : ":" + names.frame(pfn(pte)));
    }

    private static void appendIf(StringBuilder text, boolean set, char letter) {
        if (set) {
            text.append(letter);
        }
    }
}
