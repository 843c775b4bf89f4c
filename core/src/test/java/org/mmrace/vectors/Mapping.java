package org.mmrace.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.PageTables;
import org.mmrace.mm.Pte;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;

/** One mapping of one process: what drivers and users do to its pages, and what there is to see afterwards. */
final class Mapping {
    private final VectorMachine m;
    private final Mm mm;
    private final long start;
    private final int pages;

    Mapping(VectorMachine machine, Mm mm, long start, int pages) {
        this.m = machine;
        this.mm = mm;
        this.start = start;
        this.pages = pages;
    }

    /** The same addresses in another process. */
    Mapping in(Mm other) {
        return new Mapping(m, other, start, pages);
    }

    Mm mm() {
        return mm;
    }

    long addr(int i) {
        return start + i * Address.PAGE_SIZE;
    }

    @Nullable
    Vma find() {
        return mm.tree().lookup(start);
    }

    Vma vma() {
        return Objects.requireNonNull(find(), "not mapped");
    }

    /** Whether a flag of the VMA is set. */
    boolean has(long flag) {
        return (vma().flags(m.kernel()) & flag) != 0;
    }

    // What a driver does.

    /** {@code vm_insert_page()} with mmap_lock held for writing, at page {@code i}. */
    String insert(int i, Page page) {
        return underWriteLock(() -> m.mm().insertPage().vmInsertPage(m.task(), vma(), addr(i), page));
    }

    /** {@code vm_insert_page()} with mmap_lock held for reading only, as from a fault handler. */
    String insertUnderReadLock(int i, Page page) {
        return Errno.name(underReadLock(() -> m.mm().insertPage().vmInsertPage(m.task(), vma(), addr(i), page)));
    }

    /** {@code vm_insert_pages()}: its result, then {@code *num}, such as {@code "-EBUSY num 17"}. */
    String insertPages(int from, List<Page> what) {
        LocalLong num = new LocalLong(what.size());
        String result = underWriteLock(() -> m.mm().insertPage().vmInsertPages(m.task(), vma(), addr(from), what, num));
        return result + " num " + num.get();
    }

    /** {@code vmf_insert_pfn()}. */
    String insertPfn(int i, long pfn) {
        return fault(() -> m.mm().insertPfn().vmfInsertPfn(m.task(), vma(), addr(i), pfn));
    }

    /** {@code vmf_insert_mixed()}. */
    String insertMixed(int i, long pfn) {
        return fault(() -> m.mm().insertPfn().vmfInsertMixed(m.task(), vma(), addr(i), pfn));
    }

    /** {@code vmf_insert_mixed_mkwrite()}. */
    String insertMixedMkwrite(int i, long pfn) {
        return fault(() -> m.mm().insertPfn().vmfInsertMixedMkwrite(m.task(), vma(), addr(i), pfn));
    }

    /** {@code vmf_insert_page_mkwrite()}. */
    String insertPageMkwrite(int i, Page page, boolean write) {
        return fault(() -> m.mm().insertPfn().vmfInsertPageMkwrite(m.task(), vma(), addr(i), page, write));
    }

    /** {@code remap_pfn_range()} of {@code count} frames. */
    String remapPfnRange(int i, long pfn, int count) {
        long size = count * Address.PAGE_SIZE;
        return underWriteLock(() ->
                m.mm().insertPfn().remapPfnRange(m.task(), vma(), addr(i), pfn, size, vma().pageProt(m.kernel())));
    }

    private String fault(IntSupplier call) {
        return FaultResult.name(underReadLock(call));
    }

    private String underWriteLock(IntSupplier call) {
        m.platform().vmaLocks().mmapWriteLock(m.task(), mm);
        try {
            return Errno.name(call.getAsInt());
        } finally {
            m.platform().vmaLocks().mmapWriteUnlock(m.task(), mm);
        }
    }

    private int underReadLock(IntSupplier call) {
        m.kernel().downRead(m.task(), mm.mmapLock());
        try {
            return call.getAsInt();
        } finally {
            m.kernel().upRead(m.task(), mm.mmapLock());
        }
    }

    // What a user does.

    Outcome load(int i) {
        return m.mm().userAccess().load(m.task(), mm, addr(i), new LocalLong(0));
    }

    Outcome store(int i, long value) {
        return store(m.task(), i, value);
    }

    Outcome store(Task by, int i, long value) {
        return m.mm().userAccess().store(by, mm, addr(i), value);
    }

    /** What a load sees. */
    long value(int i) {
        return value(m.task(), i);
    }

    long value(Task by, int i) {
        LocalLong value = new LocalLong(0);
        Outcome outcome = m.mm().userAccess().load(by, mm, addr(i), value);
        if (outcome != Outcome.DONE) {
            throw new AssertionError("load: " + outcome);
        }
        return value.get();
    }

    /** {@code mprotect()} of all of it. */
    String mprotect(long prot) {
        return Errno.name(m.mm().mprotect().mprotect(m.task(), mm, start, pages * Address.PAGE_SIZE, prot));
    }

    String mprotectRead() {
        return mprotect(VmFlags.READ);
    }

    String mprotectReadWrite() {
        return mprotect(VmFlags.READ | VmFlags.WRITE);
    }

    /** {@code madvise(MADV_DONTNEED)} of all of it. */
    String dontneed() {
        return dontneed(m.task());
    }

    String dontneed(Task by) {
        return Errno.name(m.mm().madvise().dontneed(by, mm, start, pages * Address.PAGE_SIZE));
    }

    /** {@code madvise(MADV_FREE)} of all of it. */
    String free() {
        return Errno.name(m.mm().madviseReclaim().free(m.task(), mm, start, pages * Address.PAGE_SIZE));
    }

    /** {@code madvise(MADV_PAGEOUT)} of all of it. */
    String pageout() {
        return Errno.name(m.mm().madviseReclaim().pageout(m.task(), mm, start, pages * Address.PAGE_SIZE));
    }

    String munmap() {
        return Errno.name(m.mm().munmap().munmap(m.task(), mm, start, pages * Address.PAGE_SIZE));
    }

    /** {@code get_user_pages()} of one page. */
    Got gup(int i, int flags) {
        return gup(i, 1, flags);
    }

    Got gup(int i, int count, int flags) {
        List<Page> got = new ArrayList<>();
        int result = m.mm().gup().getUserPages(m.task(), mm, addr(i), count, flags, got);
        return new Got(m, Errno.name(result), flags, got);
    }

    /** {@code get_user_pages_fast()} of one page. */
    Got gupFast(int i, int flags) {
        return gupFast(m.task(), i, flags);
    }

    Got gupFast(Task by, int i, int flags) {
        List<Page> got = new ArrayList<>();
        int result = m.mm().gupFast().getUserPagesFast(by, mm, addr(i), 1, flags, got);
        return new Got(m, Errno.name(result), flags, got);
    }

    /** What GUP gave. */
    record Got(VectorMachine m, String result, int flags, List<Page> pages) {
        Page page() {
            return pages.get(0);
        }

        /** put or unpin of everything. */
        void release() {
            pages.forEach(page -> m.mm().gup().release(m.task(), page, flags));
        }
    }

    // What there is to see.

    private long entry(int i) {
        PageTables tables = m.platform().tables();
        PageTable table = tables.pteTable(mm, addr(i));
        return table == null ? Pte.NONE : tables.ptepGet(table, addr(i));
    }

    /** The entry of page {@code i}, in the notation of the recordings. */
    String pte(int i) {
        long pte = entry(i);
        return Pte.toString(pte, Memory.isZero(Pte.pfn(pte)));
    }

    /** The page that entry {@code i} maps. */
    Page page(int i) {
        return Objects.requireNonNull(m.platform().memory().page(Pte.pfn(entry(i))));
    }

    /** How many entries of it map something. */
    int mapped() {
        int mapped = 0;
        for (int i = 0; i < pages; i++) {
            mapped += Pte.isNone(entry(i)) ? 0 : 1;
        }
        return mapped;
    }

    /** Its first pages as a strip such as {@code "[. Z A]"}: none, the zeropage, or the name of the page. */
    String strip(int count, String names, List<Page> named) {
        StringBuilder strip = new StringBuilder();
        for (int i = 0; i < count; i++) {
            long pte = entry(i);
            int known = Pte.isNone(pte) ? -1 : named.indexOf(page(i));
            char name = known >= 0 ? names.charAt(known) : Memory.isZero(Pte.pfn(pte)) ? 'Z' : '?';
            strip.append(i == 0 ? "" : " ").append(Pte.isNone(pte) ? '.' : name);
        }
        return "[" + strip + "]";
    }

    /** The RSS of its process. */
    String rss() {
        return VectorMachine.rss(mm);
    }

    /** A row's cell: the entry, the counts of the page that it maps, the RSS; {@code "Zsa, ref 1 map 0, ="}. */
    String state(int i) {
        long pte = entry(i);
        Page page = Pte.isNone(pte) ? null : m.platform().memory().page(Pte.pfn(pte));
        return pte(i) + (page == null ? "" : ", " + m.counts(page)) + ", " + rss();
    }
}
