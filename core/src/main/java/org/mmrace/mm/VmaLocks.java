package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.VmaLockStyle;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Local;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Task;

/**
 * mmap_lock and the per-VMA locks. In the style of 6.4 to 6.14, which is written out here, a VMA has a rw_semaphore for
 * readers, and for writers a sequence that equals the mm's as long as the VMA is write-locked (include/linux/mm.h,
 * mm/memory.c lock_vma_under_rcu()). {@link VmaRefcnt} is the style of 6.15 and later.
 */
public final class VmaLocks {
    private final Kernel kernel;
    private final KernelConfig config;
    private final VmaRefcnt refcnt;

    VmaLocks(Kernel kernel, KernelConfig config, VmaRefcnt refcnt) {
        this.kernel = kernel;
        this.config = config;
        this.refcnt = refcnt;
    }

    private boolean counted() {
        return config.vmaLock() == VmaLockStyle.REFCNT;
    }

    /**
     * {@code lock_vma_under_rcu()}: the VMA of {@code addr}, locked for reading, or null, which means "take mmap_lock".
     */
    public @Nullable Vma lockVmaUnderRcu(Task task, Mm mm, long addr) {
        if (config.vmaLock() == VmaLockStyle.NONE) {
            return null;
        }
        Local<Vma> locked = new Local<>(null);
        for (int turn = 1; ; turn++) {
            kernel.rcuReadLock(task);
            int result = findAndLock(task, mm, addr, locked);
            kernel.rcuReadUnlock(task);
            if (result != -Errno.EAGAIN) {
                return locked.get();
            }
            kernel.condResched(task, turn);
        }
    }

    /**
     * One turn of it: 0 with or without a VMA in {@code locked}; -EAGAIN if the VMA was detached after it was found.
     */
    private int findAndLock(Task task, Mm mm, long addr, Local<Vma> locked) {
        Vma found = mm.tree.lookup(addr);
        if (found == null || (config.has(Fault.B52) && !hasAnonVma(found))) {
            return 0;
        }
        if (counted()) {
            int result = refcnt.startRead(task, mm, found, locked);
            if (result != 0) {
                return result;
            }
        } else if (startRead(task, found)) {
            locked.set(found);
        }
        Vma vma = locked.get();
        if (vma == null) {
            return 0;
        }
        boolean detached = !counted() && vma.isDetached(kernel);
        if (detached || !vma.contains(kernel, addr)) {
            endRead(task, vma);
            locked.set(null);
        }
        return detached ? -Errno.EAGAIN : 0;
    }

    /** What 6.4 looked at, to keep faults that must look at neighbouring VMAs away from the VMA lock. */
    private boolean hasAnonVma(Vma vma) {
        return !vma.isAnonymous(kernel) || kernel.readOnce(vma.anonVma) != 0;
    }

    /** {@code vma_start_read()}: whether {@code vma} is locked for reading now. */
    private boolean startRead(Task task, Vma vma) {
        Mm mm = vma.mm();
        if (kernel.readOnce(vma.vmLockSeq) == kernel.readOnce(mm.mmLockSeq)) {
            return false;
        }
        if (!kernel.downReadTrylock(task, vma.vmLock)) {
            return false;
        }
        if (kernel.readPlain(vma.vmLockSeq) == kernel.loadAcquire(mm.mmLockSeq)) {
            kernel.upRead(task, vma.vmLock);
            return false;
        }
        vma.readers().add(1);
        kernel.lockMapAcquire(task, vma, LockMode.READ, true);
        return true;
    }

    /** {@code vma_end_read()}. */
    public void endRead(Task task, Vma vma) {
        if (counted()) {
            refcnt.endRead(task, vma);
            return;
        }
        kernel.lockMapRelease(task, vma);
        vma.readers().add(-1);
        kernel.upRead(task, vma.vmLock);
    }

    /** {@code vma_start_write()}: waits for readers; held until mmap_lock is no longer held for writing. */
    public void startWrite(Task task, Vma vma) {
        long seq = kernel.readPlain(vma.mm().mmLockSeq);
        if (kernel.readPlain(vma.vmLockSeq) == seq) {
            return;
        }
        if (counted()) {
            refcnt.startWrite(task, vma, seq);
        } else {
            kernel.downWrite(task, vma.vmLock);
            kernel.writeOnce(vma.vmLockSeq, seq);
            kernel.upWrite(task, vma.vmLock);
        }
        if (config.has(Fault.B56)) {
            endWriteAll(vma.mm());
            beginWrite(vma.mm());
        }
    }

    /** Whether {@code vma} is write-locked, as long as the caller holds mmap_lock for writing. */
    public boolean isWriteLocked(Vma vma) {
        return kernel.readPlain(vma.vmLockSeq) == kernel.readPlain(vma.mm().mmLockSeq);
    }

    /** {@code vma_mark_detached()}: write-locked, and about to leave the tree. */
    void markDetached(Task task, Vma vma) {
        if (counted()) {
            refcnt.markDetached(task, vma);
        }
        kernel.writePlain(vma.detached, 1); // there is no such field from 6.15 on, where the checks alone look at it
    }

    /** {@code mm_lock_seqcount_begin()}: from 6.15 on the sequence is odd while mmap_lock is held for writing. */
    private void beginWrite(Mm mm) {
        if (counted()) {
            kernel.storeRelease(mm.mmLockSeq, kernel.readPlain(mm.mmLockSeq) + 1);
        }
    }

    /** {@code vma_end_write_all()}: before mmap_lock is released or downgraded. */
    void endWriteAll(Mm mm) {
        kernel.storeRelease(mm.mmLockSeq, kernel.readPlain(mm.mmLockSeq) + 1);
    }

    /** {@code mmap_write_lock()}. */
    public void mmapWriteLock(Task task, Mm mm) {
        kernel.downWrite(task, mm.mmapLock);
        beginWrite(mm);
    }

    /** {@code mmap_write_unlock()}: with it every VMA write lock ends. */
    public void mmapWriteUnlock(Task task, Mm mm) {
        endWriteAll(mm);
        kernel.upWrite(task, mm.mmapLock);
    }

    /** {@code mmap_write_downgrade()}: with it every VMA write lock ends. */
    void mmapWriteDowngrade(Task task, Mm mm) {
        endWriteAll(mm);
        kernel.downgradeWrite(task, mm.mmapLock);
    }
}
