package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code lock_mm_and_find_vma()} and {@code expand_downwards()} (mm/memory.c, mm/mmap.c): stacks grow by faults. */
final class StackExpansion {
    /** What stays free between a stack and accessible memory below it ({@code stack_guard_gap}, 256 pages there). */
    private static final long GUARD_GAP = Address.PAGE_SIZE;

    private final Platform platform;
    private final Kernel kernel;
    private final VmaEdit vmaEdit;

    StackExpansion(Platform platform, VmaEdit vmaEdit) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.vmaEdit = vmaEdit;
    }

    /**
     * The VMA of {@code addr}, with mmap_lock held for reading; null, with no lock held, if there is none. A stack is
     * made to contain {@code addr}: mmap_lock is dropped, taken for writing, and downgraded when it has grown.
     */
    @Nullable
    Vma lockMmAndFindVma(Task task, Mm mm, long addr) {
        kernel.downRead(task, mm.mmapLock);
        Vma vma = mm.tree.find(addr);
        if (vma != null && vma.start(kernel) <= addr) {
            return vma;
        }
        boolean stack = vma != null && growsDown(vma);
        boolean underReadLock = platform.config.has(Fault.B50) || platform.config.has(Fault.B51);
        if (vma != null && stack && underReadLock && expandDownwards(task, vma, addr) == 0) {
            return vma;
        }
        kernel.upRead(task, mm.mmapLock);
        if (!stack || underReadLock) {
            return null;
        }
        platform.vmaLocks.mmapWriteLock(task, mm);
        vma = mm.tree.find(addr);
        boolean found =
                vma != null && (vma.start(kernel) <= addr || (growsDown(vma) && expandDownwards(task, vma, addr) == 0));
        if (!found) {
            platform.vmaLocks.mmapWriteUnlock(task, mm);
            return null;
        }
        platform.vmaLocks.mmapWriteDowngrade(task, mm);
        return vma;
    }

    private boolean growsDown(Vma vma) {
        return (vma.flags(kernel) & VmFlags.GROWSDOWN) != 0;
    }

    /** {@code expand_downwards()}: mmap_lock held for writing; 0, -EPERM, or -ENOMEM too close to what lies below. */
    private int expandDownwards(Task task, Vma vma, long addr) {
        Mm mm = vma.mm();
        long start = Address.pageStart(addr);
        if (start < Mmap.LOWEST) {
            return -Errno.EPERM;
        }
        Vma prev = mm.tree.lookup(mm.tree.endBefore(vma.start(kernel)) - 1);
        if (prev != null && !growsDown(prev) && accessible(prev) && start - prev.end(kernel) < GUARD_GAP) {
            return -Errno.ENOMEM;
        }
        boolean underReadLock = platform.config.has(Fault.B50) || platform.config.has(Fault.B51);
        if (!underReadLock) {
            platform.vmaLocks.startWrite(task, vma);
        }
        kernel.writeOnce(vma.anonVma, 1);
        long grow = (vma.start(kernel) - start) / Address.PAGE_SIZE;
        vmaEdit.resize(task, vma, start, vma.end(kernel), vma.pgoff(kernel) - grow);
        return 0;
    }

    private boolean accessible(Vma vma) {
        return (vma.flags(kernel) & (VmFlags.READ | VmFlags.WRITE | VmFlags.EXEC)) != 0;
    }
}
