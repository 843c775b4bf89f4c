package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.VmaLockStyle;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Task;

/**
 * Per-VMA locks in the style of 6.4 to 6.14: a rw_semaphore for readers, and for writers a sequence that equals the
 * mm's as long as the VMA is write-locked (include/linux/mm.h, mm/memory.c lock_vma_under_rcu()).
 */
public final class VmaLocks {
    private final Kernel kernel;
    private final KernelConfig config;

    VmaLocks(Kernel kernel, KernelConfig config) {
        this.kernel = kernel;
        this.config = config;
    }

    /**
     * {@code lock_vma_under_rcu()}: the VMA of {@code addr}, locked for reading, or null, which means "take mmap_lock".
     */
    public @Nullable Vma lockVmaUnderRcu(Task task, Mm mm, long addr) {
        if (config.vmaLock() == VmaLockStyle.NONE) {
            return null;
        }
        kernel.rcuReadLock(task);
        Vma vma;
        while (true) {
            vma = mm.tree.lookup(addr);
            if (vma == null || !startRead(task, vma)) {
                kernel.rcuReadUnlock(task);
                return null;
            }
            if (!vma.isDetached(kernel)) {
                break;
            }
            endRead(task, vma);
        }
        if (!vma.contains(kernel, addr)) {
            endRead(task, vma);
            vma = null;
        }
        kernel.rcuReadUnlock(task);
        return vma;
    }

    /** {@code vma_start_read()}: whether {@code vma} is locked for reading now. */
    boolean startRead(Task task, Vma vma) {
        Mm mm = vma.mm();
        if (kernel.readOnce(vma.vmLockSeq) == kernel.readOnce(mm.mmLockSeq)) {
            return false;
        }
        if (!kernel.downReadTrylock(task, vma.vmLock)) {
            return false;
        }
        if (kernel.readOnce(vma.vmLockSeq) == kernel.loadAcquire(mm.mmLockSeq)) {
            kernel.upRead(task, vma.vmLock);
            return false;
        }
        vma.readers().add(1);
        kernel.lockMapAcquire(task, vma, LockMode.READ, true);
        return true;
    }

    /** {@code vma_end_read()}. */
    public void endRead(Task task, Vma vma) {
        kernel.lockMapRelease(task, vma);
        vma.readers().add(-1);
        kernel.upRead(task, vma.vmLock);
    }

    /** {@code vma_start_write()}: waits for readers; held until mmap_lock is no longer held for writing. */
    public void startWrite(Task task, Vma vma) {
        long seq = kernel.readOnce(vma.mm().mmLockSeq);
        if (kernel.readOnce(vma.vmLockSeq) == seq) {
            return;
        }
        kernel.downWrite(task, vma.vmLock);
        kernel.writeOnce(vma.vmLockSeq, seq);
        kernel.upWrite(task, vma.vmLock);
        if (config.has(Fault.B56)) {
            endWriteAll(vma.mm());
        }
    }

    /** Whether {@code vma} is write-locked, as long as the caller holds mmap_lock for writing. */
    public boolean isWriteLocked(Vma vma) {
        return kernel.readOnce(vma.vmLockSeq) == kernel.readOnce(vma.mm().mmLockSeq);
    }

    /** {@code vma_end_write_all()}: before mmap_lock is released or downgraded. */
    void endWriteAll(Mm mm) {
        kernel.storeRelease(mm.mmLockSeq, kernel.readOnce(mm.mmLockSeq) + 1);
    }

    /** {@code mmap_write_lock()}. */
    public void mmapWriteLock(Task task, Mm mm) {
        kernel.downWrite(task, mm.mmapLock);
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
