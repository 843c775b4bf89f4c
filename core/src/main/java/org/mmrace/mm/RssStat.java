package org.mmrace.mm;

import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.WordArray;

/** {@code mm->rss_stat}: how many pages of each kind an address space maps, in pages. */
public final class RssStat {
    /** The counters. */
    public enum Counter {
        /** Page-cache and driver pages ({@code MM_FILEPAGES}). */
        FILE,
        /** Anonymous pages ({@code MM_ANONPAGES}). */
        ANON,
        /** Shared memory ({@code MM_SHMEMPAGES}). */
        SHMEM
    }

    private final Kernel kernel;
    private final WordArray counters = new WordArray(Counter.values().length);

    RssStat(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Tells the names of its cells. */
    void nameCells(CellNames names, Mm mm) {
        names.words(counters, index -> "rss " + mm + " " + Counter.values()[index]);
    }

    /** {@code add_mm_counter()}. */
    void add(Counter counter, long pages) {
        kernel.addReturn(counters, counter.ordinal(), pages);
    }

    /** {@code get_mm_counter()}. */
    public long get(Counter counter) {
        return kernel.readOnce(counters, counter.ordinal());
    }
}
