package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * How KVM gets the frame behind a guest's memory (virt/kvm/kvm_main.c, as of 5.13): a user of GUP that puts references
 * by the number of the frame.
 */
public final class Kvm {
    private final Platform platform;
    private final Kernel kernel;
    private final Gup gup;
    private final GupFast gupFast;

    Kvm(Platform platform, Gup gup, GupFast gupFast) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.gup = gup;
        this.gupFast = gupFast;
    }

    /**
     * {@code hva_to_pfn()}: the frame at {@code addr}, with a reference if it has a page that is counted.
     *
     * @return its number, or -EFAULT
     */
    public long hvaToPfn(Task task, Mm mm, long addr, boolean write) {
        List<Page> pages = new ArrayList<>(1);
        int flags = GupFlags.GET | (write ? GupFlags.WRITE : 0);
        if (gupFast.getUserPagesFast(task, mm, addr, 1, flags, pages) == 1) {
            return pages.get(0).pfn();
        }
        kernel.downRead(task, mm.mmapLock);
        Vma vma = mm.tree.lookup(addr);
        boolean raw = vma != null && (vma.flags(kernel) & (VmFlags.IO | VmFlags.PFNMAP)) != 0;
        long pfn = vma != null && raw ? hvaToPfnRemapped(task, vma, addr, write) : -Errno.EFAULT;
        kernel.upRead(task, mm.mmapLock);
        return pfn;
    }

    /** {@code hva_to_pfn_remapped()}: GUP refuses the VMA, so the entry is followed. mmap_lock held. */
    private long hvaToPfnRemapped(Task task, Vma vma, long addr, boolean write) {
        PageTable pmd = platform.tables.pmdOffset(vma.mm(), addr);
        PageTable table = pmd == null ? null : platform.tables.pteOffsetMapLock(task, pmd, addr);
        if (table == null) {
            return -Errno.EFAULT;
        }
        long pte = platform.tables.ptepGet(table, addr);
        boolean usable = Pte.isPresent(pte) && (!write || Pte.isWritable(pte));
        boolean got = usable && tryGetPfn(task, platform.memory.page(Pte.pfn(pte)));
        platform.tables.pteUnlock(task, table);
        return got ? Pte.pfn(pte) : -Errno.EFAULT;
    }

    /**
     * {@code kvm_try_get_pfn()}: a frame without a page needs no reference, a page whose count is 0 has none to give.
     */
    private boolean tryGetPfn(Task task, @Nullable Page page) {
        if (page == null || isReserved(page)) {
            return true;
        }
        if (platform.config.has(Fault.B62)) {
            platform.folios.get(task, page, RefKind.GET);
            return true;
        }
        return platform.folios.tryGet(task, page, RefKind.GET, 1);
    }

    /** {@code kvm_is_reserved_pfn()}: reserved pages are not counted, except for the zeropage. */
    private boolean isReserved(Page page) {
        return platform.folios.test(page, Page.RESERVED) && (!Memory.isZero(page) || platform.config.has(Fault.B06));
    }

    /** {@code kvm_release_pfn_clean()}: gives back what {@link #hvaToPfn} gave. */
    public void releasePfn(Task task, long pfn) {
        Page page = platform.memory.page(pfn);
        if (page == null) {
            return;
        }
        if (isReserved(page)) {
            platform.folios.abandon(page, RefKind.GET);
        } else {
            gup.release(task, page, GupFlags.GET);
        }
    }
}
