package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code madvise(2)} (mm/madvise.c). */
public final class Madvise {
    private final Platform platform;
    private final Kernel kernel;
    private final Zap zap;

    Madvise(Platform platform, Zap zap) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.zap = zap;
    }

    /**
     * {@code MADV_DONTNEED}: 0, -EINVAL for VM_PFNMAP and VM_LOCKED, -ENOMEM for a hole. Under mmap_lock for reading;
     * since 6.16 under the VMA lock if one VMA covers the range.
     */
    public int dontneed(Task task, Mm mm, long start, long length) {
        long end = start + Address.pageAlign(length);
        if (!Address.isAligned(start) || end < start || end > platform.tables.taskSize()) {
            return -Errno.EINVAL;
        }
        if (end == start) {
            return 0;
        }
        Vma locked = tryVmaReadLock(task, mm, start, end);
        if (locked != null) {
            int result = dontneedSingleVma(task, locked, start, end);
            platform.vmaLocks.endRead(task, locked);
            return result;
        }
        kernel.downRead(task, mm.mmapLock);
        int result = 0;
        long at = start;
        for (Vma vma : mm.tree.overlapping(start, end)) {
            if (vma.start(kernel) > at) {
                result = -Errno.ENOMEM;
            }
            long from = Math.max(start, vma.start(kernel));
            at = Math.min(end, vma.end(kernel));
            int error = dontneedSingleVma(task, vma, from, at);
            if (error != 0) {
                kernel.upRead(task, mm.mmapLock);
                return error;
            }
        }
        kernel.upRead(task, mm.mmapLock);
        return at < end ? -Errno.ENOMEM : result;
    }

    /** {@code try_vma_read_lock()}: the VMA that covers the range, locked; null for "take mmap_lock". */
    private @Nullable Vma tryVmaReadLock(Task task, Mm mm, long start, long end) {
        Vma vma = platform.config.madviseUnderVmaLock() ? platform.vmaLocks.lockVmaUnderRcu(task, mm, start) : null;
        if (vma != null && end > vma.end(kernel)) {
            platform.vmaLocks.endRead(task, vma);
            return null;
        }
        return vma;
    }

    /** {@code madvise_dontneed_single_vma()}: emptied tables may go as well. */
    private int dontneedSingleVma(Task task, Vma vma, long start, long end) {
        if ((vma.flags(kernel) & (VmFlags.PFNMAP | VmFlags.LOCKED)) != 0 || vma.isHugetlb()) {
            return -Errno.EINVAL; // hugetlb: as until 5.17
        }
        zap.zapPageRangeSingle(task, vma, start, end, true);
        return 0;
    }
}
