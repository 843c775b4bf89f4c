package org.mmrace.mm;

import java.util.List;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * userfaultfd(2) and its ioctls (fs/userfaultfd.c, mm/userfaultfd.c) on private anonymous and shared memory. One
 * context per process, with {@code UFFD_FEATURE_SIGBUS}: whoever touches what is missing or write-protected gets
 * SIGBUS, and no monitor is woken. With {@code UFFD_FEATURE_WP_ASYNC} a write to what is write-protected is only noted.
 * Entries that are empty cannot be write-protected: there are no markers.
 */
public final class Userfaultfd {
    /** {@code UFFDIO_REGISTER_MODE_MISSING}. */
    public static final long MODE_MISSING = VmFlags.UFFD_MISSING;
    /** {@code UFFDIO_REGISTER_MODE_WP}. */
    public static final long MODE_WP = VmFlags.UFFD_WP;

    /** The context of a VMA: writes to what is write-protected raise SIGBUS. */
    static final long SYNC = 1;

    /** The context of a VMA: {@code UFFD_FEATURE_WP_ASYNC}. */
    static final long WP_ASYNC = 2;

    private final Platform platform;
    private final Kernel kernel;
    private final UffdVmas uffdVmas;
    private final VmaEdit vmaEdit;
    private final UffdFill fill;
    private final Mprotect mprotect;
    private final Zap zap;

    Userfaultfd(Platform platform, UffdVmas uffdVmas, VmaEdit vmaEdit, UffdFill fill, Mprotect mprotect, Zap zap) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.uffdVmas = uffdVmas;
        this.vmaEdit = vmaEdit;
        this.fill = fill;
        this.mprotect = mprotect;
        this.zap = zap;
    }

    /** {@code handle_userfault()} with {@code UFFD_FEATURE_SIGBUS}. */
    static int handleUserfault() {
        return FaultResult.SIGBUS;
    }

    /**
     * {@code UFFDIO_REGISTER}.
     *
     * @param modes {@link #MODE_MISSING}, {@link #MODE_WP}
     * @param wpAsync {@code UFFD_FEATURE_WP_ASYNC}
     * @return 0; -EINVAL for an empty range, or memory that userfaultfd does not serve; -EPERM for a file that is not
     *     open for writing; -EBUSY if it is registered with another context
     */
    public int register(Task task, Mm mm, long start, long length, long modes, boolean wpAsync) {
        long end = start + length;
        if (badRange(start, length) || modes == 0) {
            return -Errno.EINVAL;
        }
        long ctx = wpAsync ? WP_ASYNC : SYNC;
        platform.vmaLocks.mmapWriteLock(task, mm);
        List<Vma> vmas = mm.tree.overlapping(start, end);
        int error = vmas.isEmpty() ? -Errno.EINVAL : 0;
        for (Vma vma : vmas) {
            error = error != 0 ? error : mayRegister(vma, ctx);
        }
        for (Vma vma : error == 0 ? vmas : List.<Vma>of()) {
            Vma part = vmaEdit.isolate(task, vma, start, end);
            platform.vmaLocks.startWrite(task, part);
            uffdVmas.set(task, part, modes, ctx);
        }
        platform.vmaLocks.mmapWriteUnlock(task, mm);
        return error;
    }

    private boolean badRange(long start, long length) {
        return !Address.isAligned(start)
                || !Address.isAligned(length)
                || length <= 0
                || start < 0
                || length > platform.tables.taskSize() - start;
    }

    /** {@code vma_can_userfault()}, and that nobody fills holes of a file that it cannot write (29ec90660d68). */
    private int mayRegister(Vma vma, long ctx) {
        if (!vma.isAnonymous(kernel) && !vma.isShmem()) {
            return -Errno.EINVAL;
        }
        if ((vma.flags(kernel) & VmFlags.MAYWRITE) == 0 && !platform.config.has(Fault.B64)) {
            return -Errno.EPERM;
        }
        long now = kernel.readPlain(vma.userfaultfdCtx);
        return now != 0 && now != ctx ? -Errno.EBUSY : 0;
    }

    /** {@code UFFDIO_UNREGISTER}: what is write-protected is so no longer; 0 or -EINVAL. */
    public int unregister(Task task, Mm mm, long start, long length) {
        long end = start + length;
        if (badRange(start, length)) {
            return -Errno.EINVAL;
        }
        platform.vmaLocks.mmapWriteLock(task, mm);
        for (Vma vma : mm.tree.overlapping(start, end)) {
            if (kernel.readPlain(vma.userfaultfdCtx) != 0) {
                Vma part = vmaEdit.isolate(task, vma, start, end);
                if (part.hasUffdWp(kernel)) {
                    uffdWpRange(task, part, start, end, false);
                }
                platform.vmaLocks.startWrite(task, part);
                uffdVmas.set(task, part, 0, 0);
                vmaEdit.mergeWithNeighbours(task, part);
            }
        }
        platform.vmaLocks.mmapWriteUnlock(task, mm);
        return 0;
    }

    /** {@code UFFDIO_ZEROPAGE} of one page: 0, -ENOENT if it is not registered, -EEXIST, -EFAULT, -EINVAL, -ENOMEM. */
    public int zeropage(Task task, Mm mm, long addr) {
        return mfillAtomic(task, mm, addr, vma -> fill.zeropage(task, vma, addr));
    }

    /**
     * {@code UFFDIO_COPY} of one page.
     *
     * @param writeProtect {@code UFFDIO_COPY_MODE_WP}: needs {@link #MODE_WP}
     * @return as {@link #zeropage}
     */
    public int copy(Task task, Mm mm, long addr, long value, boolean writeProtect) {
        return mfillAtomic(
                task,
                mm,
                addr,
                vma -> writeProtect && !vma.hasUffdWp(kernel)
                        ? -Errno.EINVAL
                        : fill.copy(task, vma, addr, value, writeProtect));
    }

    /** {@code UFFDIO_CONTINUE} of one page of shared memory: maps what is in the page cache; as {@link #zeropage}. */
    public int continueMapping(Task task, Mm mm, long addr) {
        return mfillAtomic(
                task, mm, addr, vma -> vma.isShmem() ? fill.continueMapping(task, vma, addr) : -Errno.EINVAL);
    }

    private interface Filler {
        int fill(Vma vma);
    }

    /** {@code mfill_atomic()} for one page: under the VMA lock, or mmap_lock if that cannot be had. */
    private int mfillAtomic(Task task, Mm mm, long addr, Filler filler) {
        if (badRange(addr, Address.PAGE_SIZE)) {
            return -Errno.EINVAL;
        }
        Vma locked = platform.vmaLocks.lockVmaUnderRcu(task, mm, addr);
        if (locked != null && fill.needsAnonVma(locked)) {
            platform.vmaLocks.endRead(task, locked);
            locked = null;
        }
        if (locked != null) {
            int result = kernel.readPlain(locked.userfaultfdCtx) == 0 ? -Errno.ENOENT : filler.fill(locked);
            platform.vmaLocks.endRead(task, locked);
            return result;
        }
        kernel.downRead(task, mm.mmapLock);
        Vma vma = mm.tree.lookup(addr);
        int result = -Errno.ENOENT;
        if (vma != null && kernel.readPlain(vma.userfaultfdCtx) != 0) {
            fill.prepareAnonVma(task, vma);
            result = filler.fill(vma);
        }
        kernel.upRead(task, mm.mmapLock);
        return result;
    }

    /**
     * {@code UFFDIO_WRITEPROTECT}, {@code mwriteprotect_range()}: mmap_lock for reading, a flush at the end.
     *
     * @param enable write-protect, else let writes through again
     * @return 0, -EINVAL, or -ENOENT for memory that is not registered with {@link #MODE_WP}
     */
    public int writeProtect(Task task, Mm mm, long start, long length, boolean enable) {
        if (badRange(start, length)) {
            return -Errno.EINVAL;
        }
        kernel.downRead(task, mm.mmapLock);
        int result = -Errno.ENOENT;
        for (Vma vma : mm.tree.overlapping(start, start + length)) {
            if (!vma.hasUffdWp(kernel)) {
                result = -Errno.ENOENT;
                break;
            }
            uffdWpRange(task, vma, start, start + length, enable);
            result = 0;
        }
        kernel.upRead(task, mm.mmapLock);
        return result;
    }

    /** {@code uffd_wp_range()}. */
    private void uffdWpRange(Task task, Vma vma, long start, long end, boolean enable) {
        Mm mm = vma.mm();
        int how = enable ? Mprotect.UFFD_WP : Mprotect.UFFD_WP_RESOLVE;
        if (!enable && mprotect.wantsManualPteWriteUpgrade(vma)) {
            how |= Mprotect.TRY_CHANGE_WRITABLE;
        }
        long from = Math.max(start, vma.start(kernel));
        long to = Math.min(end, vma.end(kernel));
        long since = mm.revocations().add(1);
        MmuGather gather = zap.gather(task, mm);
        mprotect.changeProtection(task, gather, vma, from, to, how);
        gather.finish();
        if (enable) {
            platform.monitor.revoked(task, mm, from, to, since, true);
        }
    }
}
