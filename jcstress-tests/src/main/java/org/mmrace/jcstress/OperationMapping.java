package org.mmrace.jcstress;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
import org.mmrace.mm.Pte;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;

/** One mapping of one process: what the actors do to its pages. Results are in the words of the outcome tables. */
final class OperationMapping {
    private final OperationMachine m;
    private final Mm process;
    private final long start;
    private final int pages;

    OperationMapping(OperationMachine machine, Mm process, long start, int pages) {
        this.m = machine;
        this.process = process;
        this.start = start;
        this.pages = pages;
    }

    /** The same addresses in another process. */
    OperationMapping in(Mm other) {
        return new OperationMapping(m, other, start, pages);
    }

    long addr(int i) {
        return start + i * Address.PAGE_SIZE;
    }

    private long length() {
        return pages * Address.PAGE_SIZE;
    }

    private @Nullable Vma lookup() {
        return process.tree().lookup(start);
    }

    /** {@code vm_insert_page()} under mmap_lock for reading, as in a fault handler; "no VMA" if there is none. */
    String insert(Task task, int i, Page page) {
        m.kernel.downRead(task, process.mmapLock());
        Vma vma = lookup();
        String result = vma == null ? "no VMA" : Errno.name(m.mm.insertPage().vmInsertPage(task, vma, addr(i), page));
        m.kernel.upRead(task, process.mmapLock());
        return result;
    }

    /** {@code vm_insert_pages()} from the first page on: its result, then how many are left. */
    String insertPages(Task task, List<Page> what) {
        LocalLong left = new LocalLong(what.size());
        m.kernel.downRead(task, process.mmapLock());
        Vma vma = Objects.requireNonNull(lookup());
        int result = m.mm.insertPage().vmInsertPages(task, vma, start, what, left);
        m.kernel.upRead(task, process.mmapLock());
        return Errno.name(result) + " left " + left.get();
    }

    /** {@code vmf_insert_mixed()}, or with {@code mkwrite} {@code vmf_insert_mixed_mkwrite()}. */
    String insertMixed(Task task, int i, long pfn, boolean mkwrite) {
        m.kernel.downRead(task, process.mmapLock());
        Vma vma = Objects.requireNonNull(lookup());
        int result = mkwrite
                ? m.mm.insertPfn().vmfInsertMixedMkwrite(task, vma, addr(i), pfn)
                : m.mm.insertPfn().vmfInsertMixed(task, vma, addr(i), pfn);
        m.kernel.upRead(task, process.mmapLock());
        return FaultResult.name(result);
    }

    /** A load: what it sees, or the signal. */
    String load(Task task, int i) {
        LocalLong value = new LocalLong(0);
        Outcome outcome = m.mm.userAccess().load(task, process, addr(i), value);
        return outcome == Outcome.DONE ? Long.toString(value.get()) : outcome.name();
    }

    /** A store: "DONE", or the signal. */
    String store(Task task, int i, long value) {
        return m.mm.userAccess().store(task, process, addr(i), value).name();
    }

    /** {@code mprotect(PROT_READ)} of all of it. */
    String mprotectRead(Task task) {
        return Errno.name(m.mm.mprotect().mprotect(task, process, start, length(), VmFlags.READ));
    }

    /** {@code mprotect(PROT_READ | PROT_WRITE)} of all of it. */
    String mprotectReadWrite(Task task) {
        long prot = VmFlags.READ | VmFlags.WRITE;
        return Errno.name(m.mm.mprotect().mprotect(task, process, start, length(), prot));
    }

    /** {@code madvise(MADV_DONTNEED)} of all of it. */
    String dontneed(Task task) {
        return Errno.name(m.mm.madvise().dontneed(task, process, start, length()));
    }

    /** {@code munmap()} of all of it. */
    String munmap(Task task) {
        return Errno.name(m.mm.munmap().munmap(task, process, start, length()));
    }

    /** {@code get_user_pages()}: the page, or null for an error or none. */
    @Nullable
    Page gup(Task task, int i, int flags) {
        List<Page> got = new ArrayList<>(1);
        m.mm.gup().getUserPages(task, process, addr(i), 1, flags, got);
        return got.isEmpty() ? null : got.get(0);
    }

    /** {@code get_user_pages_fast()}: the page, or null for an error or none. */
    @Nullable
    Page gupFast(Task task, int i, int flags) {
        List<Page> got = new ArrayList<>(1);
        m.mm.gupFast().getUserPagesFast(task, process, addr(i), 1, flags, got);
        return got.isEmpty() ? null : got.get(0);
    }

    /** {@code get_user_pages()}, and the put or unpin at once: 1, or 0 if there was nothing to get. */
    int getAndPut(Task task, int i, int flags) {
        Page got = gup(task, i, flags);
        if (got == null) {
            return 0;
        }
        m.mm.gup().release(task, got, flags);
        return 1;
    }

    /**
     * A reader under the VMA lock: whether the VMA's flags and its page_prot agree about writing; true if the lock is
     * not to be had. The mapping is shared memory, where nothing but mprotect takes the right to write away.
     */
    boolean vmaIsWhole(Task task) {
        Vma vma = m.platform.vmaLocks().lockVmaUnderRcu(task, process, start);
        if (vma == null) {
            return true;
        }
        boolean entriesWritable = Pte.isWritable(vma.pageProt(m.kernel));
        boolean writable = (vma.flags(m.kernel) & VmFlags.WRITE) != 0;
        m.platform.vmaLocks().endRead(task, vma);
        return entriesWritable == writable;
    }

    private long entry(int i) {
        PageTable table = m.platform.tables().pteTable(process, addr(i));
        return table == null ? Pte.NONE : m.platform.tables().ptepGet(table, addr(i));
    }

    /** The entry of page {@code i} in the notation of {@link Pte#toString}. */
    String pte(int i) {
        long pte = entry(i);
        return Pte.toString(pte, Memory.isZero(Pte.pfn(pte)));
    }

    /** The page that entry {@code i} maps, or null. */
    @Nullable
    Page mapped(int i) {
        long pte = entry(i);
        return Pte.isNone(pte) ? null : m.platform.memory().page(Pte.pfn(pte));
    }

    /** How many entries map something. */
    int mappedCount() {
        int count = 0;
        for (int i = 0; i < pages; i++) {
            count += Pte.isNone(entry(i)) ? 0 : 1;
        }
        return count;
    }
}
