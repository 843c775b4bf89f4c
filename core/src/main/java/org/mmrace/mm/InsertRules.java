package org.mmrace.mm;

import org.mmrace.fault.Fault;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/** Which pages may be inserted into which VMAs (mm/memory.c). */
final class InsertRules {
    private final Platform platform;
    private final Kernel kernel;

    InsertRules(Platform platform) {
        this.platform = platform;
        this.kernel = platform.kernel;
    }

    /** {@code validate_page_before_insert()}. */
    int validatePageBeforeInsert(Task task, Vma vma, Page page) {
        Folios folios = platform.folios;
        if (platform.config.series() == Series.AFTER && folios.refCount(page) == 0) {
            return -Errno.EINVAL;
        }
        if (Memory.isZero(page) && platform.config.zeropageUncounted()) {
            return vmMixedZeropageAllowed(task, vma) ? 0 : -Errno.EINVAL;
        }
        if (folios.test(page, Page.ANON | Page.SLAB | Page.TYPED) && !platform.config.has(Fault.B60)) {
            return -Errno.EINVAL;
        }
        return 0;
    }

    /**
     * {@code vm_mixed_zeropage_allowed()}: whether no path can make a zeropage in this VMA writable or pin it for long.
     */
    boolean vmMixedZeropageAllowed(Task task, Vma vma) {
        long flags = vma.flags(kernel);
        Warn.on(
                (flags & VmFlags.PFNMAP) != 0 && (flags & VmFlags.MIXEDMAP) == 0,
                kernel,
                task,
                "vm_mixed_zeropage_allowed",
                "VM_PFNMAP");
        if (kernel.readOnce(vma.mm().forbidsZeropage) != 0) {
            return false;
        }
        if (VmFlags.isCow(flags)) {
            return true;
        }
        if (VmFlags.isNeverWritable(flags)) {
            return platform.config.series() != Series.V1;
        }
        VmOperations ops = vma.ops(kernel);
        return ops != null && ops.hasPfnMkwrite() && (vma.isFsdax() || (flags & VmFlags.IO) != 0);
    }
}
