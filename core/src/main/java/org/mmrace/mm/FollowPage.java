package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code follow_page_pte()} (mm/gup.c): the page of one entry, under its PTL. */
final class FollowPage {
    /**
     * What an entry gave: a page with its reference or pin taken, or an error; both absent means "fault it in".
     *
     * @param page the page
     * @param error a negative errno, 0 for none
     */
    record Found(@Nullable Page page, int error) {
        private static final Found NOTHING = new Found(null, 0);
    }

    private final Platform platform;
    private final Kernel kernel;
    private final NormalPage normalPage;
    private final PageProt pageProt;

    FollowPage(Platform platform, NormalPage normalPage, PageProt pageProt) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.normalPage = normalPage;
        this.pageProt = pageProt;
    }

    Found followPagePte(Task task, Vma vma, long addr, int flags) {
        PageTable pmd = platform.tables.pmdOffset(vma.mm(), addr);
        PageTable table = pmd == null ? null : platform.tables.pteOffsetMapLock(task, pmd, addr);
        if (table == null) {
            return noPageTable(vma, flags);
        }
        Found found = followLocked(task, vma, table, addr, flags);
        platform.tables.pteUnlock(task, table);
        return found;
    }

    /** {@code no_page_table()}: a core dump does not fault in what nobody has touched. */
    private Found noPageTable(Vma vma, int flags) {
        VmOperations ops = vma.ops(kernel);
        boolean untouched = ops == null || !ops.hasFault();
        return (flags & GupFlags.DUMP) != 0 && untouched ? new Found(null, -Errno.EFAULT) : Found.NOTHING;
    }

    private Found followLocked(Task task, Vma vma, PageTable table, long addr, int flags) {
        long pte = platform.tables.ptepGet(table, addr);
        if (!Pte.isPresent(pte)) {
            return noPageTable(vma, flags);
        }
        if (Pte.isProtnone(pte) && (vma.flags(kernel) & (VmFlags.READ | VmFlags.WRITE | VmFlags.EXEC)) != 0) {
            return Found.NOTHING;
        }
        Page page = normalPage.vmNormalPage(task, vma, addr, pte);
        if ((flags & GupFlags.WRITE) != 0 && !canFollowWritePte(vma, pte, page, flags)) {
            return Found.NOTHING;
        }
        if (page == null) {
            if (Pte.isDevmap(pte) && (flags & (GupFlags.GET | GupFlags.PIN)) != 0) {
                page = platform.memory.page(Pte.pfn(pte));
            } else if ((flags & GupFlags.DUMP) != 0) {
                return new Found(null, -Errno.EFAULT);
            } else if (Memory.isZero(Pte.pfn(pte))) {
                page = platform.memory.zeroPage();
            }
            if (page == null) {
                return followPfnPte(task, vma, table, addr, pte, flags);
            }
        }
        if (!Pte.isWritable(pte) && mustUnshare(vma, flags, page)) {
            return new Found(null, -Errno.EMLINK);
        }
        Bug.on(
                (flags & GupFlags.PIN) != 0
                        && platform.folios.isAnon(page)
                        && !platform.folios.isAnonExclusive(page)
                        && !platform.config.has(Fault.B23),
                kernel,
                task,
                "follow_page_pte",
                "pin of a shared anonymous page");
        if (!tryGrab(task, page, flags)) {
            return new Found(null, -Errno.ENOMEM);
        }
        if ((flags & GupFlags.TOUCH) != 0 && platform.config.has(Fault.B10)) { // touch_pmd(), also of a read
            platform.tables.ptepSetAccessFlags(task, vma, table, addr, Pte.mkdirty(Pte.mkyoung(pte)));
        }
        return new Found(page, 0);
    }

    /** {@code follow_pfn_pte()}: a frame without a page, for callers that want no page. */
    private Found followPfnPte(Task task, Vma vma, PageTable table, long addr, long pte, int flags) {
        if ((flags & GupFlags.TOUCH) != 0) {
            long entry = Pte.mkyoung(pte);
            if ((flags & GupFlags.WRITE) != 0) {
                entry = Pte.mkdirty(entry);
            }
            platform.tables.ptepSetAccessFlags(task, vma, table, addr, entry);
        }
        return new Found(null, -Errno.EEXIST);
    }

    /** {@code can_follow_write_pte()}: writable, or a forced write to a page that a COW fault made private. */
    private boolean canFollowWritePte(Vma vma, long pte, @Nullable Page page, int flags) {
        if (Pte.isWritable(pte)) {
            return true;
        }
        long vmFlags = vma.flags(kernel);
        boolean forced = (flags & GupFlags.FORCE) != 0
                && !VmFlags.isSharedAny(vmFlags)
                && (vmFlags & VmFlags.MAYWRITE) != 0
                && (vmFlags & VmFlags.WRITE) == 0;
        if (forced && platform.config.has(Fault.B10)) {
            return Pte.isDirty(pte); // "whoever dirtied it has broken COW"
        }
        if (!forced || page == null) {
            return false;
        }
        if (platform.config.has(Fault.B22)) {
            return Pte.isDirty(pte);
        }
        boolean softDirtyNeeded = pageProt.softDirtyTracking(vmFlags) && !Pte.isSoftDirty(pte);
        return platform.folios.isAnon(page)
                && platform.folios.isAnonExclusive(page)
                && !softDirtyNeeded
                && !vma.isUffdWpPte(kernel, pte);
    }

    /**
     * {@code gup_must_unshare()}: a read-only pin must break COW first.
     *
     * @param vma null from GUP-fast, which does not know it
     */
    boolean mustUnshare(@Nullable Vma vma, int flags, Page page) {
        if ((flags & (GupFlags.WRITE | GupFlags.PIN)) != GupFlags.PIN) {
            return false;
        }
        if (!platform.folios.isAnon(page)) {
            if ((flags & GupFlags.LONGTERM) == 0 || platform.config.has(Fault.B09)) {
                return false;
            }
            return vma == null || VmFlags.isCow(vma.flags(kernel));
        }
        return !platform.folios.isAnonExclusive(page) && !platform.config.has(Fault.B23);
    }

    /** {@code try_grab_folio()}: false if the count has overflowed. */
    private boolean tryGrab(Task task, Page page, int flags) {
        if (platform.folios.refCount(page) <= 0 && !platform.config.has(Fault.B28)) {
            return false;
        }
        if ((flags & GupFlags.GET) != 0) {
            platform.folios.get(task, page, RefKind.GET);
        } else if ((flags & GupFlags.PIN) != 0 && platform.folios.countsPins(page)) {
            platform.folios.addPin(task, page);
        }
        return true;
    }
}
