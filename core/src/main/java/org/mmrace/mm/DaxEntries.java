package org.mmrace.mm;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Task;

/**
 * The entries that the page cache of a DAX file holds, and their lock bit (fs/dax.c). An entry says whether anybody may
 * have mapped a page of the file, and as what; its lock is held across the insertion of a PTE.
 */
public final class DaxEntries {
    /** No entry: nothing is mapped. */
    public static final long ABSENT = 0;

    static final long LOCKED = 1;
    static final long EMPTY = 2;
    static final long ZERO = 4;
    private static final long PFN = 8;
    private static final int PFN_SHIFT = 4;

    private final Kernel kernel;

    DaxEntries(Kernel kernel) {
        this.kernel = kernel;
    }

    static long ofPfn(long pfn) {
        return pfn << PFN_SHIFT | PFN;
    }

    /** {@code dax_is_zero_entry()}: a hole is mapped. */
    public static boolean isZero(long entry) {
        return (entry & ZERO) != 0;
    }

    /** Whether it names a frame. */
    public static boolean isPfn(long entry) {
        return (entry & PFN) != 0;
    }

    /** {@code dax_is_locked()}. */
    public static boolean isLocked(long entry) {
        return (entry & LOCKED) != 0;
    }

    /** {@code dax_to_pfn()}. */
    public static long pfn(long entry) {
        return entry >>> PFN_SHIFT;
    }

    /**
     * {@code grab_mapping_entry()}: waits until the entry is unlocked, makes it if it is absent, locks it. Gives its
     * value.
     */
    long grab(Task task, AddressSpace mapping, int index) {
        while (true) {
            kernel.spinLock(task, mapping.iPagesLock);
            long entry = kernel.readOnce(mapping.iPages, index);
            if (!isLocked(entry)) {
                long value = entry == ABSENT ? EMPTY : entry;
                kernel.writeOnce(mapping.iPages, index, value | LOCKED);
                kernel.spinUnlock(task, mapping.iPagesLock);
                kernel.lockMapAcquire(task, mapping.entryLock(index), LockMode.WRITE, false);
                return value;
            }
            kernel.spinUnlock(task, mapping.iPagesLock);
            kernel.waitOnBit(task, mapping.iPages, index, LOCKED, mapping.entryLock(index));
        }
    }

    /** Replaces the value of an entry that the caller has locked; it stays locked. */
    void store(Task task, AddressSpace mapping, int index, long value) {
        kernel.spinLock(task, mapping.iPagesLock);
        kernel.writeOnce(mapping.iPages, index, value | LOCKED);
        kernel.spinUnlock(task, mapping.iPagesLock);
    }

    /** {@code xas_set_mark(PAGECACHE_TAG_DIRTY)}: persistent memory may miss what is written from now on. */
    void tagDirty(Task task, AddressSpace mapping, int index) {
        kernel.spinLock(task, mapping.iPagesLock);
        kernel.writeOnce(mapping.dirtyTags, index, 1);
        kernel.spinUnlock(task, mapping.iPagesLock);
    }

    /** {@code dax_unlock_entry()}: unlocks, and wakes those who wait. */
    void unlock(Task task, AddressSpace mapping, int index) {
        kernel.lockMapRelease(task, mapping.entryLock(index));
        kernel.spinLock(task, mapping.iPagesLock);
        long entry = kernel.readOnce(mapping.iPages, index);
        kernel.writeOnce(mapping.iPages, index, entry & ~LOCKED);
        kernel.spinUnlock(task, mapping.iPagesLock);
    }

    /**
     * {@code dax_invalidate_mapping_entry_sync()}: waits until the entry is unlocked, then removes it unless it is
     * dirty, for what a task has stored through it is still to be written back.
     */
    void invalidate(Task task, AddressSpace mapping, int index) {
        if (kernel.readOnce(mapping.iPages, index) == ABSENT) {
            return;
        }
        grab(task, mapping, index);
        if (kernel.readOnce(mapping.dirtyTags, index) != 0) {
            unlock(task, mapping, index);
        } else {
            remove(task, mapping, index);
        }
    }

    /** {@code dax_delete_mapping_entry()}: waits until it is unlocked, then removes it. Gives what it was. */
    long delete(Task task, AddressSpace mapping, int index) {
        if (kernel.readOnce(mapping.iPages, index) == ABSENT) {
            return ABSENT;
        }
        long value = grab(task, mapping, index);
        remove(task, mapping, index);
        return value;
    }

    /** Removes an entry that the caller has locked. */
    private void remove(Task task, AddressSpace mapping, int index) {
        kernel.lockMapRelease(task, mapping.entryLock(index));
        kernel.spinLock(task, mapping.iPagesLock);
        kernel.writeOnce(mapping.iPages, index, ABSENT);
        kernel.writeOnce(mapping.dirtyTags, index, 0);
        kernel.spinUnlock(task, mapping.iPagesLock);
    }
}
