package org.mmrace.check;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.VmOperations;
import org.mmrace.mm.Vma;

/** What a present entry may look like: I04 to I08, I19 and I24. The same for the monitors and for the audit. */
final class PteRules {
    private final Platform platform;
    private final Kernel kernel;
    private final Reporter reporter;

    PteRules(Platform platform, Reporter reporter) {
        this.platform = platform;
        this.kernel = platform.kernel();
        this.reporter = reporter;
    }

    /**
     * Checks one entry under its PTL.
     *
     * @param counted whether its page is counted for it
     * @param vmaStable whether the flags of {@code vma} cannot change meanwhile
     */
    void check(@Nullable Task task, Vma vma, long addr, long pte, boolean counted, boolean vmaStable) {
        if (Memory.isZero(Pte.pfn(pte))) {
            checkZeropage(task, vma, addr, pte, counted, vmaStable);
            if (vmaStable) {
                checkForbidden(task, vma, addr, pte);
            }
            if (vmaStable && !zeropageMayBeIn(vma)) {
                bad(Invariant.I08, task, vma, addr, pte, "in a VMA with " + VmFlags.names(vma.flags(kernel)));
            }
        } else if (Pte.isWritable(pte)) {
            checkWritable(task, vma, addr, pte, vmaStable);
            if (vmaStable) {
                checkNotified(task, vma, addr, pte);
            }
        }
    }

    private void checkZeropage(@Nullable Task task, Vma vma, long addr, long pte, boolean counted, boolean vmaStable) {
        if (Pte.isWritable(pte)) {
            bad(Invariant.I04, task, vma, addr, pte, "is writable");
        }
        if (platform.config().pteSpecial() && !Pte.isSpecial(pte)) {
            bad(Invariant.I05, task, vma, addr, pte, "is not special");
        }
        if (Pte.isDirty(pte) && !(vmaStable && mayBeOfKsm(vma))) {
            bad(Invariant.I06, task, vma, addr, pte, "is dirty");
        }
        if (counted) {
            bad(Invariant.I07, task, vma, addr, pte, "is counted as resident");
        }
    }

    /** KSM knows its zeropages by the dirty bit. */
    private boolean mayBeOfKsm(Vma vma) {
        long flags = vma.flags(kernel);
        return VmFlags.isCow(flags) && (flags & VmFlags.MERGEABLE) != 0;
    }

    /** What I09 says of an entry that maps the zeropage. */
    void checkForbidden(@Nullable Task task, Vma vma, long addr, long pte) {
        if (vma.mm().cowSharingDisabled().get() != 0 && (vma.flags(kernel) & VmFlags.PFNMAP) == 0) {
            bad(Invariant.I09, task, vma, addr, pte, "is in an mm that forbids the zeropage");
        }
    }

    /**
     * A write through the entry must be told first: to userfaultfd, or by the soft-dirty bit. What may be pinned keeps
     * its rights when soft-dirty bits are cleared ({@code pte_is_pinned()}).
     */
    private void checkNotified(@Nullable Task task, Vma vma, long addr, long pte) {
        long flags = vma.flags(kernel);
        if ((flags & VmFlags.UFFD_WP) != 0 && Pte.isUffdWp(pte)) {
            bad(Invariant.I35, task, vma, addr, pte, "is writable, and userfaultfd has write-protected it");
        }
        boolean tracked = platform.config().softDirty() && (flags & (VmFlags.SOFTDIRTY | VmFlags.PFNMAP)) == 0;
        if (tracked && !Pte.isSoftDirty(pte) && !isBeingMapped(vma, addr) && !mayBePinned(vma, pte)) {
            bad(Invariant.I35, task, vma, addr, pte, "is writable, and has not been written since clear_refs");
        }
    }

    /** What {@code ->mmap} inserts comes before mmap(2) marks the whole VMA soft-dirty, and puts it into the tree. */
    private static boolean isBeingMapped(Vma vma, long addr) {
        return vma.mm().tree().lookup(addr) != vma;
    }

    private boolean mayBePinned(Vma vma, long pte) {
        Page page = Pte.isSpecial(pte) ? null : platform.memory().page(Pte.pfn(pte));
        return VmFlags.isCow(vma.flags(kernel))
                && page != null
                && platform.folios().refCount(page) >= Page.PIN_BIAS;
    }

    /** The condition of I08: no path can make a zeropage in this VMA writable. */
    boolean zeropageMayBeIn(Vma vma) {
        long flags = vma.flags(kernel);
        if ((flags & VmFlags.PFNMAP) != 0 || VmFlags.isCow(flags) || VmFlags.isNeverWritable(flags)) {
            return true;
        }
        VmOperations ops = vma.ops(kernel);
        return ops != null && ops.hasPfnMkwrite() && (vma.isFsdax() || (flags & VmFlags.IO) != 0);
    }

    private void checkWritable(@Nullable Task task, Vma vma, long addr, long pte, boolean vmaStable) {
        Page page = Pte.isSpecial(pte) ? null : platform.memory().page(Pte.pfn(pte));
        boolean anon = page != null && platform.folios().isAnon(page);
        if (page != null && anon && !platform.folios().isAnonExclusive(page)) {
            bad(Invariant.I19, task, vma, addr, pte, "is writable, and its page is shared");
        }
        long flags = vmaStable ? vma.flags(kernel) : VmFlags.PFNMAP;
        if ((flags & VmFlags.PFNMAP) != 0) {
            return; // remap_pfn_range() takes the protection from the driver
        }
        if ((flags & VmFlags.WRITE) == 0) {
            bad(Invariant.I24, task, vma, addr, pte, "is writable in a VMA with " + VmFlags.names(flags));
        } else if ((flags & VmFlags.SHARED) == 0 && page != null && !anon) {
            bad(Invariant.I24, task, vma, addr, pte, "makes a page of the file writable through a private mapping");
        }
    }

    private void bad(Invariant invariant, @Nullable Task task, Vma vma, long addr, long pte, String what) {
        reporter.report(invariant, task, "entry " + Reporter.pte(pte) + " at " + Reporter.at(vma, addr) + " " + what);
    }
}
