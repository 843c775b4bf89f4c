package org.mmrace.check;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Folios;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.Platform;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.VmOperations;
import org.mmrace.mm.Vma;

/**
 * What GUP returns: I03, I05, I16, I20 to I22, I24, I34. Exact on any number of threads: the page is held by the very
 * reference that is being returned, which freezes the flags that are read here, and the slow path still holds
 * mmap_lock, which freezes the VMA. For the fast path, which knows no VMA, only what follows from the page is checked.
 */
final class GupMonitor {
    private final Kernel kernel;
    private final Folios folios;
    private final Reporter reporter;
    private final FrameGhosts frames;
    private final ZeropageMonitor zeropage;

    GupMonitor(Platform platform, Reporter reporter, FrameGhosts frames, ZeropageMonitor zeropage) {
        this.kernel = platform.kernel();
        this.folios = platform.folios();
        this.reporter = reporter;
        this.frames = frames;
        this.zeropage = zeropage;
    }

    /**
     * A page that was freed between the look at its entry and the grab may be anybody's by now; only an entry that is
     * seen unchanged afterwards proves that it is mapped there again.
     */
    void gupFastGrabbed(Task task, Mm mm, long addr, Page page, long lives, boolean rechecked) {
        if (!rechecked && page.lives().get() != lives) {
            bad(Invariant.I16, task, mm, addr, page, "was freed and given out again since its entry was read");
        }
    }

    void gupReturns(Task task, Mm mm, @Nullable Vma vma, long addr, int flags, Page page) {
        if ((flags & (GupFlags.GET | GupFlags.PIN)) == 0) {
            return; // nothing holds the page
        }
        if (Memory.isZero(page)) {
            returnsZeropage(task, mm, vma, addr, flags);
            return;
        }
        checkAlive(task, mm, addr, page);
        if (folios.isSecretmem(page)) {
            bad(Invariant.I24, task, mm, addr, page, "is secret memory");
        }
        boolean anon = folios.isAnon(page);
        if ((flags & GupFlags.PIN) != 0 && anon && !folios.isAnonExclusive(page)) {
            bad(Invariant.I20, task, mm, addr, page, "is pinned, anonymous and not exclusive");
        }
        if (vma == null) {
            fastReturns(task, mm, addr, flags, page, anon);
        } else {
            slowReturns(task, vma, addr, flags, page, anon);
        }
    }

    private void returnsZeropage(Task task, Mm mm, @Nullable Vma vma, long addr, int flags) {
        if ((flags & GupFlags.WRITE) != 0) {
            zeropage.stored(task, "GUP for writing at " + mm + " " + Reporter.hex(addr));
        }
        boolean longterm = (flags & GupFlags.LONGTERM) != 0;
        if (vma == null) {
            reporter.report(
                    longterm ? Invariant.I21 : Invariant.I05,
                    task,
                    "GUP-fast returns the zeropage for " + mm + " " + Reporter.hex(addr));
        } else if (longterm && (VmFlags.isCow(vma.flags(kernel)) || vma.isFsdax())) {
            reporter.report(Invariant.I21, task, "a long-term pin returns the zeropage of " + Reporter.at(vma, addr));
        }
    }

    private void checkAlive(Task task, Mm mm, long addr, Page page) {
        if (page.folio(kernel).freed().get() != 0) {
            bad(Invariant.I16, task, mm, addr, page, "is free");
        } else if (!folios.isDevmap(page) && !frames.mappedOnce(page.pfn())) {
            bad(Invariant.I16, task, mm, addr, page, "has not been mapped since it was allocated");
        }
    }

    private void fastReturns(Task task, Mm mm, long addr, int flags, Page page, boolean anon) {
        boolean longterm = (flags & GupFlags.LONGTERM) != 0;
        boolean fsdax = folios.isDevmap(page);
        if (longterm && fsdax) {
            bad(Invariant.I21, task, mm, addr, page, "of an FSDAX file is pinned for long");
        } else if (longterm && (flags & GupFlags.WRITE) != 0 && !anon && !folios.isSwapBacked(page)) {
            bad(Invariant.I34, task, mm, addr, page, "of a file is pinned for long to be written");
        }
    }

    private void slowReturns(Task task, Vma vma, long addr, int flags, Page page, boolean anon) {
        long vmFlags = vma.flags(kernel);
        boolean longterm = (flags & GupFlags.LONGTERM) != 0;
        boolean write = (flags & GupFlags.WRITE) != 0;
        if (longterm && (vma.isFsdax() || (vmFlags & (VmFlags.IO | VmFlags.PFNMAP)) != 0)) {
            bad(Invariant.I21, task, vma.mm(), addr, page, "is pinned for long through " + vma);
        }
        if (longterm && !write && VmFlags.isCow(vmFlags) && !(anon && folios.isAnonExclusive(page))) {
            bad(Invariant.I22, task, vma.mm(), addr, page, "is pinned for long, and a write fault would replace it");
        }
        boolean isPrivate = (vmFlags & VmFlags.SHARED) == 0;
        if (write && (isPrivate ? !anon : (vmFlags & VmFlags.WRITE) == 0)) {
            bad(Invariant.I24, task, vma.mm(), addr, page, "is given for writing, which " + vma + " does not allow");
        }
        if (longterm && write && needsDirtyTracking(vma, vmFlags)) {
            bad(Invariant.I34, task, vma.mm(), addr, page, "is pinned for long, and its writes must be noticed");
        }
    }

    /** {@code vma_needs_dirty_tracking()}. */
    private boolean needsDirtyTracking(Vma vma, long vmFlags) {
        if (!VmFlags.isSharedWritable(vmFlags)) {
            return false;
        }
        VmOperations ops = vma.ops(kernel);
        OpenFile file = vma.file();
        return (ops != null && ops.needsWritenotify())
                || ((vmFlags & VmFlags.PFNMAP) == 0
                        && file != null
                        && file.mapping().canWriteback());
    }

    private void bad(Invariant invariant, Task task, Mm mm, long addr, Page page, String what) {
        reporter.report(invariant, task, "GUP of " + mm + " " + Reporter.hex(addr) + ": " + page + " " + what);
    }
}
