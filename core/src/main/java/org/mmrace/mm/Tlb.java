package org.mmrace.mm;

import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.WordArray;

/**
 * The translation cache of one CPU, tagged by address space. Filled and used by the task of that CPU only, with
 * interrupts off for the length of one instruction; other CPUs may drop entries at any time.
 */
public final class Tlb {
    /** Few, so that entries are also evicted. */
    private static final int SLOTS = 32;

    private static final long EMPTY = 0;
    private static final int MM_SHIFT = 32;

    private final Kernel kernel;
    private final PageTables tables;
    private final WordArray keys = new WordArray(SLOTS);
    private final WordArray entries = new WordArray(SLOTS);
    private final WordArray stamps = new WordArray(SLOTS);

    Tlb(Kernel kernel, PageTables tables) {
        this.kernel = kernel;
        this.tables = tables;
    }

    /** Tells the names of its cells. */
    void nameCells(CellNames names, int cpu) {
        names.words(keys, slot -> "tlb" + cpu + " key[" + slot + "]", Tlb::keyName);
        names.words(entries, slot -> "tlb" + cpu + " entry[" + slot + "]", pte -> Pte.toString(pte, names));
        names.words(stamps, slot -> "tlb" + cpu + " stamp[" + slot + "]");
    }

    private static String keyName(long key) {
        return key == EMPTY ? "-" : "mm" + (key >>> MM_SHIFT) + " 0x" + Long.toHexString((int) key * Address.PAGE_SIZE);
    }

    private static long key(Mm mm, long addr) {
        return mm.id() << MM_SHIFT | addr >>> Address.PAGE_SHIFT;
    }

    private static int slot(long key) {
        return (int) (key ^ key >>> MM_SHIFT) & SLOTS - 1;
    }

    /** The cached entry for {@code addr}, {@link Pte#NONE} on a miss. */
    long lookup(Mm mm, long addr) {
        long key = key(mm, addr);
        return kernel.readOnce(keys, slot(key)) == key ? kernel.readOnce(entries, slot(key)) : Pte.NONE;
    }

    /** Caches {@code pte} for {@code addr}, in the place of whatever is there. */
    void fill(Mm mm, long addr, long pte) {
        long key = key(mm, addr);
        int slot = slot(key);
        kernel.writeOnce(keys, slot, EMPTY);
        kernel.writeOnce(entries, slot, pte);
        kernel.writeOnce(stamps, slot, mm.revocations().get());
        kernel.writeOnce(keys, slot, key);
    }

    /** {@code INVLPG} for each page of {@code [start, end)}. */
    void invalidate(Mm mm, long start, long end) {
        long first = key(mm, start);
        long last = key(mm, end - 1);
        if (last - first < SLOTS) {
            for (long key = first; key <= last; key++) {
                invalidateSlot(slot(key), first, last);
            }
        } else {
            for (int slot = 0; slot < SLOTS; slot++) {
                invalidateSlot(slot, first, last);
            }
        }
    }

    private void invalidateSlot(int slot, long first, long last) {
        long key = kernel.readOnce(keys, slot);
        if (key >= first && key <= last) {
            kernel.cmpxchg(keys, slot, key, EMPTY);
        }
    }

    /** Receives the entries of a TLB. */
    @FunctionalInterface
    public interface Visitor {
        /** One entry of {@code mm}: {@code pte} as it was cached, {@code stamp} as {@link Mm#revocations} was then. */
        void entry(long addr, long pte, long stamp);
    }

    /** Shows the entries of {@code mm} within {@code [start, end)}, for the checks. */
    public void forEach(Mm mm, long start, long end, Visitor visitor) {
        long first = key(mm, start);
        long last = key(mm, Math.min(end, tables.taskSize()) - 1);
        for (int slot = 0; slot < SLOTS; slot++) {
            long key = kernel.readOnce(keys, slot);
            if (key >= first && key <= last) {
                long pte = kernel.readOnce(entries, slot);
                long stamp = kernel.readOnce(stamps, slot);
                if (kernel.readOnce(keys, slot) == key) {
                    visitor.entry((key & (1L << MM_SHIFT) - 1) << Address.PAGE_SHIFT, pte, stamp);
                }
            }
        }
    }

    /** Whether any address space has an entry for frame {@code pfn}, for the checks. */
    public boolean mapsFrame(long pfn) {
        for (int slot = 0; slot < SLOTS; slot++) {
            long key = kernel.readOnce(keys, slot);
            if (key != EMPTY && Pte.pfn(kernel.readOnce(entries, slot)) == pfn && kernel.readOnce(keys, slot) == key) {
                return true;
            }
        }
        return false;
    }
}
