package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Task;

/**
 * Sees what the invariants are about, at the cells where it happens. Called on the thread of the task, under the locks
 * that the task holds; must not use the model.
 */
public interface MmMonitor {
    /** Sees nothing. */
    MmMonitor NONE = new MmMonitor() {};

    /** A page-table entry of {@code vma} went from {@code old} to {@code pte}, under its PTL. */
    default void pteChanged(Task task, Vma vma, PageTable table, long addr, long old, long pte) {}

    /** {@link #pteChanged} is about to be called for this entry, or {@link #pteRestored}; the store comes between. */
    default void pteChanging(Task task, Vma vma, long addr) {}

    /** {@code pte} is back at an entry that {@code task} has cleared under the same hold of its PTL. */
    default void pteRestored(Task task, Vma vma, PageTable table, long addr, long pte) {}

    /** No CPU uses an entry for {@code [start, end)} of before this flush by {@code task} any more. */
    default void flushed(Task task, Mm mm, long start, long end) {}

    /** The operation of {@code task} has done every flush that it owes for the entries that it has restricted. */
    default void flushesDone(Task task) {}

    /**
     * {@code table}, which maps {@code [start, end)}, is about to be freed, or handed to RCU for that.
     *
     * @param since {@link Mm#revocations()} from when it was detached: entries filled earlier may come from it
     */
    default void tableUnused(Task task, Mm mm, PageTable table, long start, long end, long since) {}

    /** {@code task} uses entry {@code pte} of its TLB for {@code addr}. */
    default void tlbHit(Task task, Mm mm, long addr, long pte) {}

    /**
     * Reclaim drops what anonymous {@code page} holds.
     *
     * @param unused whether nobody but the mappings has had a reference on it since its entry was cleared
     */
    default void discarding(Task task, Page page, boolean unused) {}

    /** What {@code page} of a file holds is about to be written back, or flushed to persistent memory. */
    default void captured(Task task, Page page) {}

    /** {@code page} leaves the page cache as clean. */
    default void droppingClean(Task task, Page page) {}

    /**
     * An entry of {@code vma} is removed with another classification than it was installed with
     * ({@code countedBefore}).
     */
    default void classifiedOtherwise(Task task, Vma vma, long addr, long pte, boolean countedBefore) {}

    /** The reference count of {@code folio} changed by {@code delta} to {@code now}. */
    default void refChanged(Task task, Page folio, RefKind kind, long delta, long now) {}

    /** The mapcount of {@code page} changed to {@code now}. */
    default void mapcountChanged(Task task, Page page, long now) {}

    /** {@code page} left the allocator. */
    default void pageAllocated(Task task, Page page) {}

    /** {@code page} is about to go back to the allocator. */
    default void pageFreeing(Task task, Page page) {}

    /** {@code table} is about to be free for reuse. */
    default void tableFreeing(Task task, PageTable table) {}

    /** A lockless walker uses {@code table}. */
    default void tableWalked(Task task, PageTable table) {}

    /**
     * A lockless walker has read an entry and is done with its table.
     *
     * @param detachments {@link PageTable#detachments} after it had taken a reference on the page, and before it looked
     *     again
     * @param grabbed whether it keeps that reference
     */
    default void tableLeft(Task task, GupWalk walk, long detachments, boolean grabbed) {}

    /** The data of a frame was written by {@code task}. */
    default void contentsWritten(Task task, long pfn, long value) {}

    /** {@code task} is about to store to {@code addr} through its TLB, with the rights of an entry for {@code pfn}. */
    default void userStore(Task task, Mm mm, long addr, long pfn) {}

    /** The TLB of {@code task}'s CPU has cached an entry for frame {@code pfn}. */
    default void tlbFilled(Task task, long pfn) {}

    /** A write fault at {@code addr} is about to copy frame {@code pfn}, which it has seen mapped read-only. */
    default void copying(Task task, Mm mm, long addr, long pfn) {}

    /** A field of {@code vma} was written. */
    default void vmaWritten(Task task, Vma vma, String field) {}

    /** A fault has given {@code vma} its anon_vma. */
    default void anonVmaPrepared(Task task, Vma vma) {}

    /** {@code task} uses a field of {@code mm} that it has no lock for, so that only a reference can keep it. */
    default void mmUsed(Task task, Mm mm) {}

    /** Anonymous {@code page} became, or no longer is, exclusive to one address space. */
    default void exclusiveChanged(Task task, Page page, boolean exclusive) {}

    /**
     * GUP-fast has taken a reference on {@code page} and will return it.
     *
     * @param lives {@link Page#lives} when the entry was read
     * @param rechecked whether the entry was seen unchanged after the reference was taken
     */
    default void gupFastGrabbed(Task task, Mm mm, long addr, Page page, long lives, boolean rechecked) {}

    /**
     * GUP is about to return {@code page} for {@code addr}.
     *
     * @param vma the VMA as the slow path saw it; null from the fast path, which has not looked
     * @param gupFlags as {@link GupFlags}
     */
    default void gupReturns(Task task, Mm mm, @Nullable Vma vma, long addr, int gupFlags, Page page) {}

    /** What GUP returned is about to be given back; {@code gupFlags} as for GUP, or only GET or PIN of them. */
    default void gupReleases(Task task, Page page, int gupFlags) {}

    /** A fault has replaced the private entry at {@code addr}, which mapped frame {@code oldPfn}, under its PTL. */
    default void frameReplaced(Task task, Vma vma, long addr, long oldPfn) {}

    /**
     * An operation that revokes rights on {@code [start, end)} has flushed and is about to return.
     *
     * @param since {@link Mm#revocations()} from when it began: entries filled earlier must be gone
     * @param writeOnly whether only the right to write was revoked
     */
    default void revoked(Task task, Mm mm, long start, long end, long since, boolean writeOnly) {}

    /**
     * {@code vm_insert_pages()} returns: of {@code asked} pages it says {@code left} are not mapped, {@code stored}
     * were.
     */
    default void batchReturns(Task task, long asked, long left, long stored) {}

    /** The DAX entry {@code index} of {@code mapping} is about to be unlocked. */
    default void daxEntryUnlocking(Task task, AddressSpace mapping, int index, long entry) {}

    /** {@code write(2)} has given the hole at page {@code index} a block and unmapped what stood for the hole. */
    default void holeFilled(Task task, AddressSpace mapping, int index) {}

    /** Blocks of {@code mapping} from page {@code first} on, {@code count} of them, are about to be freed. */
    default void blocksFreeing(Task task, AddressSpace mapping, long first, long count) {}

    /** Disabling COW sharing in {@code mm} is about to return 0; mmap_lock held. */
    default void cowSharingDisabled(Task task, Mm mm) {}

    /** userfaultfd is about to add a page with new data to the file that {@code vma} maps at {@code addr}. */
    default void fileFilled(Task task, Vma vma, long addr) {}

    /** {@code mm} has been torn down. */
    default void mmGone(Task task, Mm mm) {}
}
