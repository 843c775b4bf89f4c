package org.mmrace.kernel;

/** The kinds of locks, outermost first: the order of kernel-semantics.md 12.2 is the order of these constants. */
public enum LockClass {
    /** {@code inode->i_rwsem}: file size, write(2), truncate. */
    INODE(true),
    /** {@code mm->mmap_lock}: the VMA tree and the fields of VMAs. */
    MMAP(true),
    /** A per-VMA lock held for reading. */
    VMA_READ(true),
    /** {@code mapping->invalidate_lock}: page-cache and DAX population against truncate. */
    INVALIDATE(true),
    /** The lock bit of a DAX entry. */
    DAX_ENTRY(true),
    /** The lock bit of a folio. */
    FOLIO(true),
    /** A per-VMA lock held for writing. */
    VMA_WRITE(true),
    /** {@code mapping->i_mmap_rwsem}: the VMAs that map a file. */
    I_MMAP(true),
    /** {@code anon_vma->rwsem}. */
    ANON_VMA(true),
    /** {@code mm->page_table_lock}, and the lock of a table of upper-level entries. */
    PAGE_TABLE(false),
    /** The split lock of one page table. */
    PTL(false),
    /** {@code mapping->i_pages.xa_lock}. */
    I_PAGES(false),
    /** The lock of the free lists that CPUs share ({@code zone->lock}). */
    ZONE(false);

    private final boolean sleeping;

    LockClass(boolean sleeping) {
        this.sleeping = sleeping;
    }

    /** Whether waiting for this lock may sleep, which is forbidden under a spin lock. */
    public boolean sleeping() {
        return sleeping;
    }
}
