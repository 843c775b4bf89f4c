package org.mmrace.mm;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** The userfaultfd part of a VMA (fs/userfaultfd.c, include/linux/userfaultfd_k.h). */
final class UffdVmas {
    private final Platform platform;
    private final Kernel kernel;
    private final PageProt pageProt;

    UffdVmas(Platform platform, PageProt pageProt) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.pageProt = pageProt;
    }

    /** {@code userfaultfd_set_vm_flags()} and the context: VMA write-locked. */
    void set(Task task, Vma vma, long modes, long ctx) {
        long old = vma.flags(kernel);
        kernel.writeOnce(vma.flags, (old & ~VmFlags.UFFD_FLAGS) | modes);
        platform.monitor.vmaWritten(task, vma, "vm_flags");
        boolean wpChanged = ((old ^ modes) & VmFlags.UFFD_WP) != 0;
        if (wpChanged && (old & VmFlags.SHARED) != 0) {
            pageProt.vmaSetPageProt(task, vma);
        }
        kernel.writePlain(vma.userfaultfdCtx, ctx);
    }

    /** {@code dup_userfaultfd()} and {@code mremap_userfaultfd_prep()}, without the features that keep it: gone. */
    void drop(Task task, Vma vma) {
        if (kernel.readPlain(vma.userfaultfdCtx) != 0) {
            set(task, vma, 0, 0);
        }
    }
}
