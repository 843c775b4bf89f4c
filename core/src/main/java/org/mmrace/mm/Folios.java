package org.mmrace.mm;

import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Task;

/** References, flags and the lock bit of folios (include/linux/mm.h, include/linux/page_ref.h). */
public final class Folios {
    private final Kernel kernel;
    private final KernelConfig config;
    private final MmMonitor monitor;
    private final Memory memory;

    Folios(Kernel kernel, KernelConfig config, MmMonitor monitor, Memory memory) {
        this.kernel = kernel;
        this.config = config;
        this.monitor = monitor;
        this.memory = memory;
    }

    /** {@code folio_ref_count()}. */
    public long refCount(Page page) {
        return kernel.refRead(page.folio(kernel).ref);
    }

    /** {@code folio_get()}: one more reference; the caller knows that there is one. */
    public void get(Task task, Page page, RefKind kind) {
        Page folio = page.folio(kernel);
        long now = kernel.refAdd(folio.ref, 1);
        folio.refs(kind).add(1);
        changed(task, folio, kind, 1, now);
    }

    /** {@code folio_try_get()}: one more reference unless there is none. */
    boolean tryGet(Task task, Page page, RefKind kind, long count) {
        Page folio = page.folio(kernel);
        long now = kernel.refAddUnlessZero(folio.ref, count);
        if (now == 0) {
            return false;
        }
        folio.refs(kind).add(1);
        changed(task, folio, kind, count, now);
        return true;
    }

    /** B31: a reference more, whatever the count is. */
    void addUnconditionally(Task task, Page page, RefKind kind, long count) {
        Page folio = page.folio(kernel);
        long now = kernel.refAdd(folio.ref, count);
        folio.refs(kind).add(1);
        changed(task, folio, kind, count, now);
    }

    /** {@code folio_put()}: one reference less; the last one frees the page. */
    public void put(Task task, Page page, RefKind kind) {
        release(task, page, kind, 1);
    }

    /** Adds a pin's count; the caller has looked at the count. */
    void addPin(Task task, Page page) {
        Page folio = page.folio(kernel);
        long now = kernel.refAdd(folio.ref, Page.PIN_BIAS);
        folio.refs(RefKind.PIN).add(1);
        changed(task, folio, RefKind.PIN, Page.PIN_BIAS, now);
    }

    /** Whether a pin of this page is counted: since c8070b787519 not for the zeropage. */
    boolean countsPins(Page page) {
        return !Memory.isZero(page) || config.has(Fault.B05) || config.has(Fault.B07);
    }

    /** {@code unpin_user_page()}: a pin's count less; nothing where pins are not counted. */
    public void unpin(Task task, Page page) {
        boolean takenForReserved = config.has(Fault.B05) && Memory.isZero(page);
        if (countsPins(page) && !takenForReserved) {
            release(task, page, RefKind.PIN, Page.PIN_BIAS);
        }
    }

    /** Gives a count that {@link #tryGet} took on a folio back: {@code folio_put_refs()}. */
    void undo(Task task, Page folio, RefKind kind, long count) {
        release(task, folio, kind, count);
    }

    /** A holder walks away without putting what it got, as the checks see it; the count stays. */
    void abandon(Page page, RefKind kind) {
        page.folio(kernel).refs(kind).add(-1);
    }

    /** A reference changes its kind, for the checks; the count stays. */
    void convert(Page page, RefKind from, RefKind to) {
        Page folio = page.folio(kernel);
        folio.refs(to).add(1);
        folio.refs(from).add(-1);
    }

    /** Forces the count of a page, as a broken driver would. */
    public void setRefCount(Task task, Page page, long value) {
        long delta = value - kernel.refRead(page.ref);
        page.refs(RefKind.OWNER).add(delta);
        kernel.refAdd(page.ref, delta);
    }

    private void release(Task task, Page page, RefKind kind, long count) {
        Page folio = page.folio(kernel);
        folio.refs(kind).add(-1);
        long now = kernel.refAdd(folio.ref, -count);
        changed(task, folio, kind, -count, now);
        if (now == 0) {
            memory.free(task, folio);
        }
    }

    private void changed(Task task, Page folio, RefKind kind, long delta, long now) {
        monitor.refChanged(task, folio, kind, delta, now);
    }

    /** {@code folio_maybe_dma_pinned()}: true for every pinned page, and for some with many references. */
    boolean maybeDmaPinned(Page page) {
        return refCount(page) >= Page.PIN_BIAS;
    }

    /** {@code page_mapcount()} of this page, 0 when nothing maps it or its mapcount is a type. */
    public long mapcount(Page page) {
        long raw = kernel.readOnce(page.mapcount);
        return raw <= Page.TYPE_RESERVE ? 0 : raw;
    }

    /** The number under which its file knows it. */
    public long index(Page page) {
        return kernel.readPlain(page.index);
    }

    /** {@code folio->flags}, for checks. */
    public long flags(Page page) {
        return kernel.readOnce(page.folio(kernel).flags);
    }

    boolean test(Page page, long flag) {
        return (kernel.readOnce(page.folio(kernel).flags) & flag) != 0;
    }

    void set(Page page, long flag) {
        Page folio = page.folio(kernel);
        while (true) {
            long old = kernel.readOnce(folio.flags);
            if ((old & flag) == flag || kernel.cmpxchg(folio.flags, old, old | flag)) {
                return;
            }
        }
    }

    void clear(Page page, long flag) {
        Page folio = page.folio(kernel);
        while (true) {
            long old = kernel.readOnce(folio.flags);
            if ((old & flag) == 0 || kernel.cmpxchg(folio.flags, old, old & ~flag)) {
                return;
            }
        }
    }

    /** {@code folio_test_anon()}. */
    public boolean isAnon(Page page) {
        return test(page, Page.ANON);
    }

    /** {@code PageAnonExclusive()}. */
    public boolean isAnonExclusive(Page page) {
        return test(page, Page.ANON_EXCLUSIVE);
    }

    /** {@code folio_test_hugetlb()} of a page that somebody holds or maps; not counted among resident pages. */
    public boolean isHugetlb(Page page) {
        AddressSpace mapping = kernel.rcuDereference(page.folio(kernel).mapping);
        return mapping != null && mapping.isHugetlb();
    }

    /** {@code folio_is_secretmem()} of a page that the caller holds. */
    public boolean isSecretmem(Page page) {
        AddressSpace mapping = kernel.rcuDereference(page.folio(kernel).mapping);
        return mapping != null && mapping.isSecretmem();
    }

    /** {@code folio_test_swapbacked()}. */
    public boolean isSwapBacked(Page page) {
        return test(page, Page.SWAPBACKED);
    }

    /** {@code mm_counter_file()}: which resident-set counter counts this page of a file or driver. */
    RssStat.Counter fileCounter(Page page) {
        return isSwapBacked(page) ? RssStat.Counter.SHMEM : RssStat.Counter.FILE;
    }

    /** {@code mm_counter()}: which resident-set counter counts this page. */
    RssStat.Counter counter(Page page) {
        return isAnon(page) ? RssStat.Counter.ANON : fileCounter(page);
    }

    /** {@code folio_test_dirty()}. */
    public boolean isDirty(Page page) {
        return test(page, Page.DIRTY);
    }

    /**
     * Whether it belongs to a file whose data must reach a disk or persistent memory: stores through mappings of it
     * must be noticed ({@code mapping_can_writeback()}).
     */
    public boolean isWrittenBack(Page page) {
        AddressSpace mapping = kernel.rcuDereference(page.mapping);
        return mapping != null && mapping.canWriteback() && !isAnon(page);
    }

    /** Whether writeback would write it: {@link #isDirty}, or for a block of an FSDAX file the tag of its entry. */
    public boolean isMarkedDirty(Page page) {
        AddressSpace mapping = kernel.rcuDereference(page.mapping);
        if (mapping != null && mapping.kind() == AddressSpace.Kind.FSDAX) {
            return mapping.isDaxDirty((int) index(page));
        }
        return isDirty(page);
    }

    /** Whether it is device memory with a struct page. */
    public boolean isDevmap(Page page) {
        return test(page, Page.DEVMAP);
    }

    /** {@code set_page_dirty_lock()}, for a page that the kernel has written through a reference. */
    public void setDirtyLock(Task task, Page page) {
        lock(task, page);
        set(page, Page.DIRTY);
        unlock(task, page);
    }

    /** {@code folio_trylock()}. */
    boolean tryLock(Task task, Page page) {
        Page folio = page.folio(kernel);
        long old = kernel.readOnce(folio.flags);
        if ((old & Page.LOCKED) != 0 || !kernel.cmpxchg(folio.flags, old, old | Page.LOCKED)) {
            return false;
        }
        kernel.lockMapAcquire(task, folio, LockMode.WRITE, true);
        return true;
    }

    /** {@code folio_lock()}: sleeps. */
    void lock(Task task, Page page) {
        Page folio = page.folio(kernel);
        while (true) {
            long old = kernel.readOnce(folio.flags);
            if ((old & Page.LOCKED) != 0) {
                kernel.waitOnBit(task, folio.flags, Page.LOCKED, folio);
            } else if (kernel.cmpxchg(folio.flags, old, old | Page.LOCKED)) {
                kernel.lockMapAcquire(task, folio, LockMode.WRITE, false);
                return;
            }
        }
    }

    /** {@code folio_unlock()}. */
    void unlock(Task task, Page page) {
        Page folio = page.folio(kernel);
        kernel.lockMapRelease(task, folio);
        clear(folio, Page.LOCKED);
    }
}
