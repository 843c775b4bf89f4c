package org.mmrace.mm;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** The DAX entry lock, which is no business of anybody but fs/dax.c, for the tests of its promises. */
public final class DaxEntryAccess {
    private final DaxEntries entries;

    /** Entries on this machine. */
    public DaxEntryAccess(Kernel kernel) {
        this.entries = new DaxEntries(kernel);
    }

    /** {@code grab_mapping_entry()}: the value of the entry, which is locked now; an absent one is made empty. */
    public long grab(Task task, AddressSpace mapping, int index) {
        return entries.grab(task, mapping, index);
    }

    /** Replaces the entry that the caller has locked by one that names this frame. */
    public void storePfn(Task task, AddressSpace mapping, int index, long pfn) {
        entries.store(task, mapping, index, DaxEntries.ofPfn(pfn));
    }

    /** {@code dax_unlock_entry()}. */
    public void unlock(Task task, AddressSpace mapping, int index) {
        entries.unlock(task, mapping, index);
    }

    /** {@code dax_delete_mapping_entry()}: what the entry was. */
    public long delete(Task task, AddressSpace mapping, int index) {
        return entries.delete(task, mapping, index);
    }

    /** The frame that an entry names, 0 for an absent or empty one; locked or not. */
    public static long pfn(long entry) {
        return DaxEntries.isPfn(entry) ? DaxEntries.pfn(entry) : 0;
    }
}
