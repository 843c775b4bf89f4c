package org.mmrace.mm;

import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Local;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Task;

/**
 * Per-VMA locks in the style of 6.15 and later (mm/mmap_lock.c, include/linux/mmap_lock.h): readers are references on a
 * count, and VMAs come from a type-safe slab, so that a reader may find its VMA reused. {@code mm_lock_seq} is odd
 * while mmap_lock is held for writing.
 */
final class VmaRefcnt {
    /** {@code VMA_LOCK_OFFSET}: a writer is at work or waits. */
    static final long LOCK_OFFSET = 0x40000000L;

    private static final long ATTACHED = 1;

    /** The references of readers of an attached VMA, as bits: {@code ATTACHED + n} has one of them for n > 0. */
    private static final long READERS_OF_ATTACHED = LOCK_OFFSET - 1 - ATTACHED;

    private static final long READERS_OF_DETACHED = LOCK_OFFSET - 1;

    private final Kernel kernel;
    private final KernelConfig config;
    private final MmMonitor monitor;
    private final MmRefs mmRefs;

    VmaRefcnt(Kernel kernel, KernelConfig config, MmMonitor monitor, MmRefs mmRefs) {
        this.kernel = kernel;
        this.config = config;
        this.monitor = monitor;
        this.mmRefs = mmRefs;
    }

    /** The slab object of a VMA of this style. */
    private static VmaObject object(Vma vma) {
        VmaObject object = vma.object();
        if (object == null) {
            throw new IllegalStateException(vma + " is not from vm_area_cachep");
        }
        return object;
    }

    /**
     * {@code vma_start_read()}: RCU read lock held, but dropped for a moment when the object is another mm's by now.
     *
     * @param found what the tree of {@code mm} had for the address
     * @param locked receives the VMA, which may be another one of {@code mm} than {@code found}; stays null if
     *     mmap_lock must be taken
     * @return 0, or -EAGAIN if {@code found} has been detached
     */
    int startRead(Task task, Mm mm, Vma found, Local<Vma> locked) {
        if (kernel.readOnce(found.vmLockSeq) == kernel.loadAcquire(mm.mmLockSeq)) {
            return 0;
        }
        VmaObject object = object(found);
        long before = incUnlessZeroOrWriter(object);
        if (before == 0 || before >= LOCK_OFFSET) {
            return before == 0 ? -Errno.EAGAIN : 0;
        }
        Vma vma = kernel.rcuDereference(object.vma);
        if (vma == null) {
            throw new IllegalStateException("a VMA object with references has never been a VMA");
        }
        if (vma.mm() != mm) {
            kernel.rcuReadUnlock(task);
            putOtherMm(task, vma);
            kernel.rcuReadLock(task);
            return 0;
        }
        if (kernel.readPlain(vma.vmLockSeq) == kernel.loadAcquire(mm.mmLockSeq)) {
            put(task, vma);
            return 0;
        }
        vma.readers().add(1);
        kernel.lockMapAcquire(task, vma, LockMode.READ, true);
        locked.set(vma);
        return 0;
    }

    /**
     * {@code __refcount_inc_not_zero_limited_acquire()}: the count before; incremented unless 0 or a writer is there.
     */
    private long incUnlessZeroOrWriter(VmaObject object) {
        while (true) {
            long count = kernel.readOnce(object.vmRefcnt);
            if (count == 0 || count >= LOCK_OFFSET || kernel.cmpxchg(object.vmRefcnt, count, count + 1)) {
                return count;
            }
        }
    }

    /** The object was reused: the put may wake a writer of an mm that nobody here keeps, so it is kept meanwhile. */
    private void putOtherMm(Task task, Vma vma) {
        Mm other = vma.mm();
        if (config.has(Fault.B57)) {
            put(task, vma);
            return;
        }
        mmRefs.mmgrab(other);
        put(task, vma);
        mmRefs.mmdrop(task, other);
    }

    /** {@code vma_end_read()}. */
    void endRead(Task task, Vma vma) {
        kernel.lockMapRelease(task, vma);
        vma.readers().add(-1);
        put(task, vma);
    }

    /** {@code vma_refcount_put()}: the last reader wakes the writer, at {@code mm->vma_writer_wait}. */
    private void put(Task task, Vma vma) {
        Mm mm = vma.mm();
        long left = kernel.addReturn(object(vma).vmRefcnt, -1);
        if (left == LOCK_OFFSET || left == LOCK_OFFSET + ATTACHED) {
            kernel.readOnce(mm.vmaWriterWait);
            monitor.mmUsed(task, mm);
        }
    }

    /** {@code __vma_start_write()}: mmap_lock held for writing. */
    void startWrite(Task task, Vma vma, long seq) {
        boolean entered = enterLocked(task, vma, READERS_OF_ATTACHED);
        kernel.writeOnce(vma.vmLockSeq, seq);
        if (entered) {
            exitLocked(task, vma);
        }
    }

    /** {@code __vma_enter_locked()}: waits until no reader is left; false at once if the VMA is not attached. */
    private boolean enterLocked(Task task, Vma vma, long readers) {
        VmaObject object = object(vma);
        while (true) {
            long count = kernel.readOnce(object.vmRefcnt);
            if (count == 0) {
                return false;
            }
            if (kernel.cmpxchg(object.vmRefcnt, count, count + LOCK_OFFSET)) {
                break;
            }
        }
        kernel.lockMapAcquire(task, vma.vmLock, LockMode.WRITE, false);
        kernel.waitOnBit(task, object.vmRefcnt, readers, vma.vmLock);
        return true;
    }

    /** {@code __vma_exit_locked()}. */
    private void exitLocked(Task task, Vma vma) {
        kernel.addReturn(object(vma).vmRefcnt, -LOCK_OFFSET);
        kernel.lockMapRelease(task, vma.vmLock);
    }

    /** {@code vma_mark_detached()}: write-locked; a reader can have the count raised for a moment only. */
    void markDetached(Task task, Vma vma) {
        if (kernel.addReturn(object(vma).vmRefcnt, -ATTACHED) != 0 && enterLocked(task, vma, READERS_OF_DETACHED)) {
            exitLocked(task, vma);
        }
    }
}
