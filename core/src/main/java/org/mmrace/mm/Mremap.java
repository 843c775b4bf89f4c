package org.mmrace.mm;

import java.util.Set;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;

/** {@code mremap(2)} (mm/mremap.c). Moved VMAs are merged with their neighbours at the end only. */
public final class Mremap {
    /** How a mapping may be changed. */
    public enum Flag {
        /** It may be moved. */
        MAYMOVE,
        /** It goes to the address that is given, and what is mapped there goes away. */
        FIXED,
        /** The old range stays mapped, and empty. */
        DONTUNMAP
    }

    private final Platform platform;
    private final Kernel kernel;
    private final VmaEdit vmaEdit;
    private final Munmap munmap;
    private final Ksm ksm;
    private final UffdVmas uffdVmas;
    private final MovePageTables movePageTables;

    Mremap(
            Platform platform,
            VmaEdit vmaEdit,
            Munmap munmap,
            Ksm ksm,
            UffdVmas uffdVmas,
            MovePageTables movePageTables) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.vmaEdit = vmaEdit;
        this.munmap = munmap;
        this.ksm = ksm;
        this.uffdVmas = uffdVmas;
        this.movePageTables = movePageTables;
    }

    /**
     * Shrinks, grows or moves a mapping.
     *
     * @param addr aligned start of the old range
     * @param newAddr where to, with {@link Flag#FIXED}; else ignored
     * @return the address afterwards, or a negative errno: -EINVAL, -EFAULT for a range that is not in one VMA or may
     *     not grow, -ENOMEM
     */
    public long mremap(Task task, Mm mm, long addr, long oldLength, long newLength, Set<Flag> flags, long newAddr) {
        long oldLen = Address.pageAlign(oldLength);
        long newLen = Address.pageAlign(newLength);
        if (addr < 0 || Math.max(oldLen, newLen) > platform.tables.taskSize() - addr) {
            return -Errno.EINVAL;
        }
        boolean moves = flags.contains(Flag.FIXED) || flags.contains(Flag.DONTUNMAP);
        if ((moves && !flags.contains(Flag.MAYMOVE)) || !Address.isAligned(addr) || newLen == 0) {
            return -Errno.EINVAL;
        }
        if (flags.contains(Flag.DONTUNMAP) && oldLen != newLen) {
            return -Errno.EINVAL;
        }
        platform.vmaLocks.mmapWriteLock(task, mm);
        Vma vma = mm.tree.lookup(addr);
        long result;
        if (vma == null) {
            result = -Errno.EFAULT;
        } else if (moves) {
            result = mremapTo(task, mm, addr, oldLen, newLen, flags, newAddr);
        } else if (oldLen >= newLen) {
            munmap.doMunmap(task, mm, addr + newLen, addr + oldLen);
            result = addr;
        } else {
            result = grow(task, vma, addr, oldLen, newLen, flags);
        }
        platform.vmaLocks.mmapWriteUnlock(task, mm);
        return result;
    }

    /** {@code mremap_to()}: what is mapped at the new address goes, and so does what is cut off the old range. */
    private long mremapTo(Task task, Mm mm, long addr, long oldLen, long newLen, Set<Flag> flags, long newAddr) {
        boolean fixed = flags.contains(Flag.FIXED);
        LocalLong length = new LocalLong(oldLen);
        if (fixed) {
            long taskSize = platform.tables.taskSize();
            boolean overlap = addr + oldLen > newAddr && newAddr + newLen > addr;
            if (!Address.isAligned(newAddr) || newAddr < 0 || newAddr > taskSize - newLen || overlap) {
                return -Errno.EINVAL;
            }
            munmap.doMunmap(task, mm, newAddr, newAddr + newLen);
        }
        if (oldLen > newLen) {
            munmap.doMunmap(task, mm, addr + newLen, addr + oldLen);
            length.set(newLen);
        }
        int error = vmaToResize(mm, addr, length.get(), newLen, flags);
        if (error != 0) {
            return error;
        }
        long to = fixed ? newAddr : unmappedArea(mm, newLen);
        return to < 0 ? to : moveVma(task, mm, addr, length.get(), newLen, to, flags);
    }

    /** In place if there is room behind, else elsewhere if that is allowed. */
    private long grow(Task task, Vma vma, long addr, long oldLen, long newLen, Set<Flag> flags) {
        Mm mm = vma.mm();
        int error = vmaToResize(mm, addr, oldLen, newLen, flags);
        if (error != 0) {
            return error;
        }
        long end = addr + newLen;
        long oldEnd = vma.end(kernel);
        if (addr + oldLen == oldEnd
                && end <= platform.tables.taskSize()
                && mm.tree.overlapping(oldEnd, end).isEmpty()) {
            platform.vmaLocks.startWrite(task, vma);
            vmaEdit.resize(task, vma, vma.start(kernel), end, vma.pgoff(kernel));
            vmaEdit.mergeWithNeighbours(task, vma);
            return addr;
        }
        if (!flags.contains(Flag.MAYMOVE)) {
            return -Errno.ENOMEM;
        }
        long to = unmappedArea(mm, newLen);
        return to < 0 ? to : moveVma(task, mm, addr, oldLen, newLen, to, flags);
    }

    /** {@code vma_to_resize()}: 0, or why the range may not get this length. */
    private int vmaToResize(Mm mm, long addr, long oldLen, long newLen, Set<Flag> flags) {
        Vma vma = mm.tree.lookup(addr);
        if (vma == null) {
            return -Errno.EFAULT;
        }
        long vmFlags = vma.flags(kernel);
        boolean fixedSize = (vmFlags & (VmFlags.DONTEXPAND | VmFlags.PFNMAP)) != 0;
        if (oldLen == 0 && !VmFlags.isSharedAny(vmFlags)) {
            return -Errno.EINVAL;
        }
        if (flags.contains(Flag.DONTUNMAP) && fixedSize) {
            return -Errno.EINVAL;
        }
        if (oldLen > vma.end(kernel) - addr) {
            return -Errno.EFAULT;
        }
        return newLen != oldLen && fixedSize ? -Errno.EFAULT : 0;
    }

    private long unmappedArea(Mm mm, long length) {
        long gap = mm.tree.findGap(length, Mmap.LOWEST, platform.tables.taskSize());
        return gap < 0 ? -Errno.ENOMEM : gap;
    }

    /** {@code move_vma()}: a copy of the VMA, then the entries, then the old range goes. */
    private long moveVma(Task task, Mm mm, long addr, long oldLen, long newLen, long to, Set<Flag> flags) {
        Vma vma = mm.tree.lookup(addr);
        if (vma == null) {
            return -Errno.EFAULT;
        }
        platform.vmaLocks.startWrite(task, vma);
        long since = mm.revocations().add(1);
        int unmerged = ksm.unmerge(task, vma, addr, addr + oldLen);
        if (unmerged != 0) {
            return unmerged;
        }
        Vma copy = vmaEdit.copyTo(task, vma, addr, to, newLen);
        uffdVmas.drop(task, copy);
        long moved = movePageTables.movePageTables(task, vma, addr, copy, to, oldLen, false);
        if (moved < oldLen) {
            movePageTables.movePageTables(task, copy, to, vma, addr, moved, true);
            munmap.doMunmap(task, mm, to, to + newLen);
            return -Errno.ENOMEM;
        }
        platform.monitor.revoked(task, mm, addr, addr + oldLen, since, false);
        if (!flags.contains(Flag.DONTUNMAP)) {
            munmap.doMunmap(task, mm, addr, addr + oldLen);
        }
        vmaEdit.mergeWithNeighbours(task, copy);
        return to;
    }
}
