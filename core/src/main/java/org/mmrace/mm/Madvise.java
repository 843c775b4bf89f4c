package org.mmrace.mm;

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
     * {@code MADV_DONTNEED} under mmap_lock for reading: 0, -EINVAL for VM_PFNMAP and VM_LOCKED, -ENOMEM for a hole.
     */
    public int dontneed(Task task, Mm mm, long start, long length) {
        long end = start + Address.pageAlign(length);
        if (!Address.isAligned(start) || end < start || end > platform.tables.taskSize()) {
            return -Errno.EINVAL;
        }
        if (end == start) {
            return 0;
        }
        kernel.downRead(task, mm.mmapLock);
        int result = 0;
        long at = start;
        for (Vma vma : mm.tree.overlapping(start, end)) {
            if (vma.start(kernel) > at) {
                result = -Errno.ENOMEM;
            }
            if ((vma.flags(kernel) & (VmFlags.PFNMAP | VmFlags.LOCKED)) != 0) {
                kernel.upRead(task, mm.mmapLock);
                return -Errno.EINVAL;
            }
            long from = Math.max(start, vma.start(kernel));
            at = Math.min(end, vma.end(kernel));
            zap.zapPageRangeSingle(task, vma, from, at);
        }
        kernel.upRead(task, mm.mmapLock);
        return at < end ? -Errno.ENOMEM : result;
    }
}
