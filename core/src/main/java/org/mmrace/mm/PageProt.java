package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * When shared PTEs are kept read-only so that the first write is noticed (mm/mmap.c {@code vma_wants_writenotify()}).
 */
public final class PageProt {
    private final Platform platform;
    private final Kernel kernel;

    PageProt(Platform platform) {
        this.platform = platform;
        this.kernel = platform.kernel;
    }

    /** {@code vma_needs_dirty_tracking()}. */
    boolean needsDirtyTracking(Vma vma) {
        if (!VmFlags.isSharedWritable(vma.flags(kernel))) {
            return false;
        }
        VmOperations ops = vma.ops(kernel);
        return (ops != null && ops.needsWritenotify()) || fsWriteback(vma);
    }

    private boolean fsWriteback(Vma vma) {
        @Nullable OpenFile file = vma.file();
        return (vma.flags(kernel) & VmFlags.PFNMAP) == 0
                && file != null
                && file.mapping().canWriteback();
    }

    /** {@code vma_wants_writenotify()}: whether the write bit is to be left out of the protection of new PTEs. */
    boolean wantsWritenotify(Vma vma, long pageProt) {
        long flags = vma.flags(kernel);
        if (!VmFlags.isSharedWritable(flags)) {
            return false;
        }
        VmOperations ops = vma.ops(kernel);
        if (ops != null && ops.needsWritenotify()) {
            return true;
        }
        if (pageProt != VmFlags.pageProt(flags)) {
            return false;
        }
        if (softDirtyTracking(flags)) {
            return true;
        }
        if (vma.hasUffdWp(kernel) && !platform.config.has(Fault.B39)) {
            return true;
        }
        return fsWriteback(vma);
    }

    /** {@code vma_soft_dirty_enabled()}. */
    boolean softDirtyTracking(long flags) {
        return platform.config.softDirty() && (flags & VmFlags.SOFTDIRTY) == 0;
    }

    /** {@code vma_set_page_prot()}: mmap_lock held for writing, VMA write-locked or not yet visible. */
    public void vmaSetPageProt(Task task, Vma vma) {
        long flags = vma.flags(kernel);
        long prot = VmFlags.pageProt(flags);
        if (wantsWritenotify(vma, prot)) {
            prot = VmFlags.pageProt(flags & ~VmFlags.SHARED);
        }
        kernel.writeOnce(vma.pageProt, prot);
        platform.monitor.vmaWritten(task, vma, "vm_page_prot");
    }
}
