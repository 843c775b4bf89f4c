package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/** {@code vm_normal_page()} (mm/memory.c): which present entries map a page that the core may touch. */
public final class NormalPage {
    private final Platform platform;
    private final Kernel kernel;

    NormalPage(Platform platform) {
        this.platform = platform;
        this.kernel = platform.kernel;
    }

    /** The page of a present entry, or null: special, do not count it, do not touch its struct page. */
    @Nullable
    public Page vmNormalPage(Task task, Vma vma, long addr, long pte) {
        long pfn = Pte.pfn(pte);
        long flags = vma.flagsOnce(kernel);
        if (platform.config.pteSpecial()) {
            if (!Pte.isSpecial(pte)) {
                return checkPfn(task, addr, pte, pfn);
            }
            if ((flags & (VmFlags.PFNMAP | VmFlags.MIXEDMAP)) != 0 || Memory.isZero(pfn) || Pte.isDevmap(pte)) {
                return null;
            }
            kernel.log().badPte(task, pte, addr);
            return null;
        }
        if ((flags & VmFlags.MIXEDMAP) != 0) {
            Page page = platform.memory.page(pfn);
            if (page == null || Pte.isDevmap(pte)) {
                return null;
            }
            if (Memory.isZero(pfn) && platform.config.zeropageUncounted()) {
                return null;
            }
            return checkNotZero(task, page);
        }
        if ((flags & VmFlags.PFNMAP) != 0) {
            if (pfn == vma.pgoffOf(kernel, addr) || !VmFlags.isCow(flags)) {
                return null;
            }
        }
        return Memory.isZero(pfn) || Pte.isDevmap(pte) ? null : checkPfn(task, addr, pte, pfn);
    }

    private @Nullable Page checkPfn(Task task, long addr, long pte, long pfn) {
        Page page = platform.memory.page(pfn);
        if (page == null) {
            kernel.log().badPte(task, pte, addr);
            return null;
        }
        return checkNotZero(task, page);
    }

    private Page checkNotZero(Task task, Page page) {
        Warn.on(
                Memory.isZero(page) && platform.config.warnsOfZeropage(),
                kernel,
                task,
                "vm_normal_page",
                "the zeropage is mapped as a normal page");
        return page;
    }
}
