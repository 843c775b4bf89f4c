package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Local;
import org.mmrace.kernel.LocalLong;

/** {@code struct vm_fault}: one page fault on its way through the handlers. Private to its task. */
public final class VmFault {
    /** A write access. */
    public static final int WRITE = 0x1;
    /** The handler is entered by {@code ->page_mkwrite} or {@code ->pfn_mkwrite}. */
    public static final int MKWRITE = 0x2;
    /** mmap_lock may be dropped. */
    public static final int ALLOW_RETRY = 0x4;
    /** It has been retried already. */
    public static final int TRIED = 0x20;
    /** A user access, not the kernel's. */
    public static final int USER = 0x40;
    /** Not the current task's address space. */
    public static final int REMOTE = 0x80;
    /** Break COW sharing without writing. */
    public static final int UNSHARE = 0x400;
    /** The caller holds the VMA lock, not mmap_lock. */
    public static final int VMA_LOCK = 0x1000;

    private final Vma vma;
    private final long address;
    private final long pgoff;
    private final LocalLong flags;
    final LocalLong origPte = new LocalLong(Pte.NONE);
    final Local<PageTable> pmd = new Local<>(null);
    final Local<PageTable> table = new Local<>(null);
    final Local<Page> page = new Local<>(null);
    final Local<Page> cowPage = new Local<>(null);

    VmFault(Vma vma, long address, long pgoff, int flags) {
        this.vma = vma;
        this.address = address;
        this.pgoff = pgoff;
        this.flags = new LocalLong(flags);
    }

    /** The VMA that was accessed. */
    public Vma vma() {
        return vma;
    }

    /** The page that was accessed, its first byte. */
    public long address() {
        return address;
    }

    /** The file page that {@link #address} maps. */
    public long pgoff() {
        return pgoff;
    }

    /** Whether one of {@code bits} is set. */
    public boolean has(int bits) {
        return (flags.get() & bits) != 0;
    }

    void setFlag(int bit) {
        flags.set(flags.get() | bit);
    }

    /** {@code vmf->page = page}, by a {@code ->fault} handler that returns a page with a reference on it. */
    public void setPage(Page value) {
        page.set(value);
    }

    /** {@code vmf->cow_page}: the page to copy to, null unless a private mapping is written. */
    public @Nullable Page cowPage() {
        return cowPage.get();
    }

    /** The page that is being made writable, for {@code ->page_mkwrite}. */
    public @Nullable Page page() {
        return page.get();
    }

    /** {@code vmf->pte} as a table; the caller knows that it has been set. */
    PageTable lockedTable() {
        PageTable locked = table.get();
        if (locked == null) {
            throw new IllegalStateException("no page table is mapped in this fault");
        }
        return locked;
    }
}
