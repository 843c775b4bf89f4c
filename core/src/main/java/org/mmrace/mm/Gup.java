package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/** {@code get_user_pages()} and {@code pin_user_pages()} (mm/gup.c): the path that takes mmap_lock and may fault. */
public final class Gup {
    /** {@link #faultinPage} has made progress: look again. */
    private static final int RETRY = 0;

    /** {@link #faultinPage} has dropped mmap_lock: take it, look the VMA up, and look again. */
    private static final int LOCK_DROPPED = -Errno.EBUSY;

    private final Platform platform;
    private final Kernel kernel;
    private final PageProt pageProt;
    private final FollowPage followPage;
    private final PageFault pageFault;

    Gup(Platform platform, PageProt pageProt, FollowPage followPage, PageFault pageFault) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.pageProt = pageProt;
        this.followPage = followPage;
        this.pageFault = pageFault;
    }

    /**
     * {@code get_user_pages()} or, with {@link GupFlags#PIN}, {@code pin_user_pages()}: takes mmap_lock for reading.
     * With {@link GupFlags#UNLOCKABLE} it is {@code get_user_pages_unlocked()}.
     *
     * @param count how many pages from {@code start} on
     * @param pages receives the pages
     * @return how many pages were got if any, else a negative errno; 0 for none wanted
     */
    public int getUserPages(Task task, Mm mm, long start, int count, int flags, List<Page> pages) {
        if (Warn.on(!GupFlags.valid(flags), kernel, task, "is_valid_gup_args", "flags " + flags)) {
            return -Errno.EINVAL;
        }
        if ((flags & GupFlags.PIN) != 0) {
            setHasPinned(mm);
        }
        kernel.downRead(task, mm.mmapLock);
        int result = gupLongtermLocked(task, mm, start, count, flags, pages);
        kernel.upRead(task, mm.mmapLock);
        return result;
    }

    /** {@code mm_set_has_pinned_flag()}: for ever. */
    void setHasPinned(Mm mm) {
        if (kernel.readOnce(mm.hasPinned) == 0) {
            kernel.writeOnce(mm.hasPinned, 1);
            kernel.smpMb();
        }
    }

    /**
     * {@code __gup_longterm_locked()}: pages that may not be pinned for long are unpinned and moved to where they may,
     * and all are looked up again. mmap_lock held.
     */
    int gupLongtermLocked(Task task, Mm mm, long start, int count, int flags, List<Page> pages) {
        if ((flags & GupFlags.LONGTERM) == 0) {
            return getUserPagesLocked(task, mm, start, count, flags, pages);
        }
        for (int turn = 1; ; turn++) {
            List<Page> got = new ArrayList<>();
            int result = getUserPagesLocked(task, mm, start, count, flags, got);
            if (got.stream().allMatch(this::isLongtermPinnable)) {
                pages.addAll(got);
                return result;
            }
            got.forEach(page -> release(task, page, flags));
            kernel.condResched(task, turn);
        }
    }

    /** {@code folio_is_longterm_pinnable()}: of the model's pages all are; none is movable. */
    private boolean isLongtermPinnable(Page page) {
        return !Memory.isZero(page) || !platform.config.has(Fault.B08);
    }

    /** {@code __get_user_pages()}: mmap_lock held. */
    private int getUserPagesLocked(Task task, Mm mm, long start, int count, int flags, List<Page> pages) {
        int got = 0;
        while (got < count) {
            long addr = Address.pageStart(start) + got * Address.PAGE_SIZE;
            int error = getOnePage(task, mm, addr, flags, pages);
            if (error != 0) {
                return got > 0 ? got : error;
            }
            got++;
        }
        return got;
    }

    private int getOnePage(Task task, Mm mm, long addr, int flags, List<Page> pages) {
        LocalLong follFlags = new LocalLong(flags);
        for (int turn = 1; ; turn++) {
            Vma vma = mm.tree.lookup(addr);
            if (vma == null) {
                return -Errno.EFAULT;
            }
            int error = checkVmaFlags(vma, flags);
            if (error != 0) {
                return error;
            }
            if (task.fatalSignalPending()) {
                return -Errno.EINTR;
            }
            FollowPage.Found found = followPage.followPagePte(task, vma, addr, (int) follFlags.get());
            if (found.page() != null) {
                platform.monitor.gupReturns(task, mm, vma, addr, flags, found.page());
                pages.add(found.page());
                return 0;
            }
            if (found.error() != 0 && found.error() != -Errno.EMLINK) {
                return found.error();
            }
            int fault = faultinPage(task, vma, addr, follFlags, found.error() == -Errno.EMLINK);
            if (fault == LOCK_DROPPED) {
                kernel.downRead(task, mm.mmapLock);
                follFlags.set(follFlags.get() & ~GupFlags.UNLOCKABLE);
            } else if (fault != RETRY) {
                return fault;
            }
            kernel.condResched(task, turn);
        }
    }

    /** {@code check_vma_flags()}. */
    private int checkVmaFlags(Vma vma, int flags) {
        long vmFlags = vma.flags(kernel);
        boolean write = (flags & GupFlags.WRITE) != 0;
        boolean force = (flags & GupFlags.FORCE) != 0;
        if ((vmFlags & (VmFlags.IO | VmFlags.PFNMAP)) != 0) {
            return -Errno.EFAULT;
        }
        if ((flags & GupFlags.LONGTERM) != 0 && vma.isFsdax()) {
            return -Errno.EOPNOTSUPP;
        }
        if (vma.isSecretmem()) {
            return -Errno.EFAULT;
        }
        if (write) {
            if (!vma.isAnonymous(kernel) && !writableFileMappingAllowed(vma, flags)) {
                return -Errno.EFAULT;
            }
            if ((vmFlags & VmFlags.WRITE) == 0 && (!force || !VmFlags.isCow(vmFlags))) {
                return -Errno.EFAULT;
            }
        } else if ((vmFlags & VmFlags.READ) == 0 && (!force || (vmFlags & VmFlags.MAYREAD) == 0)) {
            return -Errno.EFAULT;
        }
        return 0;
    }

    /** {@code writable_file_mapping_allowed()}: no long-term write pin of a page whose writes must be noticed. */
    private boolean writableFileMappingAllowed(Vma vma, int flags) {
        if (!GupFlags.all(flags, GupFlags.PIN | GupFlags.LONGTERM) || platform.config.has(Fault.B36)) {
            return true;
        }
        return !pageProt.needsDirtyTracking(vma);
    }

    /** {@code faultin_page()}. */
    private int faultinPage(Task task, Vma vma, long addr, LocalLong flags, boolean unshare) {
        int foll = (int) flags.get();
        if ((foll & GupFlags.NOFAULT) != 0) {
            return -Errno.EFAULT;
        }
        int faultFlags = 0;
        if ((foll & GupFlags.WRITE) != 0) {
            faultFlags |= VmFault.WRITE;
        }
        if (unshare) {
            faultFlags |= VmFault.UNSHARE;
        }
        if ((foll & GupFlags.UNLOCKABLE) != 0) {
            faultFlags |= VmFault.ALLOW_RETRY;
        }
        int result = pageFault.handleMmFault(task, vma, addr, faultFlags);
        if ((result & FaultResult.OOM) != 0) {
            return -Errno.ENOMEM;
        }
        if ((result & FaultResult.ERROR) != 0) {
            return -Errno.EFAULT;
        }
        if ((result & FaultResult.RETRY) != 0) {
            return LOCK_DROPPED;
        }
        if (platform.config.has(Fault.B21) && GupFlags.all(foll, GupFlags.WRITE | GupFlags.FORCE)) {
            flags.set(foll & ~GupFlags.WRITE);
        }
        return RETRY;
    }

    /** {@code put_page()} of a GET, {@code unpin_user_page()} of a PIN. */
    public void release(Task task, Page page, int flags) {
        platform.monitor.gupReleases(task, page, flags);
        if ((flags & GupFlags.PIN) != 0) {
            platform.folios.unpin(task, page);
        } else {
            platform.folios.put(task, page, RefKind.GET);
        }
    }
}
