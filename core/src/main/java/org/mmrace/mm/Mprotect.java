package org.mmrace.mm;

import java.util.List;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/** {@code mprotect(2)} (mm/mprotect.c). */
public final class Mprotect {
    /** {@code MM_CP_TRY_CHANGE_WRITABLE}: the write bit may be set where a write fault would do nothing else. */
    static final int TRY_CHANGE_WRITABLE = 1;

    /** {@code MM_CP_UFFD_WP}: userfaultfd write-protects. */
    static final int UFFD_WP = 2;

    /** {@code MM_CP_UFFD_WP_RESOLVE}: userfaultfd lets writes through again. */
    static final int UFFD_WP_RESOLVE = 4;

    private final Platform platform;
    private final Kernel kernel;
    private final PageProt pageProt;
    private final VmaEdit vmaEdit;
    private final NormalPage normalPage;
    private final TlbFlush tlbFlush;
    private final Zap zap;

    Mprotect(Platform platform, TlbFlush tlbFlush, PageProt pageProt, VmaEdit vmaEdit, NormalPage normalPage, Zap zap) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.pageProt = pageProt;
        this.vmaEdit = vmaEdit;
        this.normalPage = normalPage;
        this.tlbFlush = tlbFlush;
        this.zap = zap;
    }

    /**
     * {@code do_mprotect_pkey()}.
     *
     * @param prot {@link VmFlags#READ}, {@link VmFlags#WRITE} and {@link VmFlags#EXEC} bits
     * @return 0, -EINVAL unaligned, -ENOMEM for a hole (what comes before it keeps the change), -EACCES
     */
    public int mprotect(Task task, Mm mm, long start, long length, long prot) {
        if (!Address.isAligned(start)) {
            return -Errno.EINVAL;
        }
        if (length == 0) {
            return 0;
        }
        long end = start + Address.pageAlign(length);
        if (end <= start) {
            return -Errno.ENOMEM;
        }
        platform.vmaLocks.mmapWriteLock(task, mm);
        long since = mm.revocations().add(1);
        MmuGather gather = zap.gather(task, mm);
        int error = protectRange(task, gather, mm, start, end, prot);
        gather.finish();
        if (error == 0 && (prot & VmFlags.WRITE) == 0) {
            platform.monitor.revoked(task, mm, start, end, since, true);
        }
        platform.vmaLocks.mmapWriteUnlock(task, mm);
        return error;
    }

    private int protectRange(Task task, MmuGather gather, Mm mm, long start, long end, long prot) {
        List<Vma> vmas = mm.tree.overlapping(start, end);
        if (vmas.isEmpty() || vmas.get(0).start(kernel) > start) {
            return -Errno.ENOMEM;
        }
        long at = start;
        for (Vma vma : vmas) {
            if (vma.start(kernel) > at) {
                return -Errno.ENOMEM;
            }
            if (vma.isHugetlb()) {
                return -Errno.EINVAL; // not modelled
            }
            long flags = vma.flags(kernel);
            long rights = VmFlags.READ | VmFlags.WRITE | VmFlags.EXEC;
            if ((prot & ~(flags >> 4) & rights) != 0) {
                return -Errno.EACCES;
            }
            long to = Math.min(vma.end(kernel), end);
            mprotectFixup(task, gather, vma, at, to, (flags & ~rights) | prot);
            at = to;
        }
        return at < end ? -Errno.ENOMEM : 0;
    }

    /** {@code mprotect_fixup()}: flags and protection change before the entries do. */
    private void mprotectFixup(Task task, MmuGather gather, Vma whole, long start, long end, long newFlags) {
        if (whole.flags(kernel) == newFlags) {
            return;
        }
        Vma vma = whole;
        if (vma.start(kernel) < start) {
            vma = vmaEdit.split(task, vma, start);
        }
        if (vma.end(kernel) > end) {
            vmaEdit.split(task, vma, end);
        }
        platform.vmaLocks.startWrite(task, vma);
        kernel.writeOnce(vma.flags, newFlags);
        platform.monitor.vmaWritten(task, vma, "vm_flags");
        int how = wantsManualPteWriteUpgrade(vma) ? TRY_CHANGE_WRITABLE : 0;
        pageProt.vmaSetPageProt(task, vma);
        changeProtection(task, gather, vma, start, end, how);
        vmaEdit.mergeWithNeighbours(task, vma);
    }

    /** {@code vma_wants_manual_pte_write_upgrade()}. */
    boolean wantsManualPteWriteUpgrade(Vma vma) {
        long flags = vma.flags(kernel);
        return (flags & VmFlags.SHARED) != 0
                ? pageProt.wantsWritenotify(vma, vma.pageProt(kernel))
                : (flags & VmFlags.WRITE) != 0;
    }

    /**
     * {@code change_protection_range()}: the VMA is stable.
     *
     * @param how {@link #TRY_CHANGE_WRITABLE}, and {@link #UFFD_WP} or {@link #UFFD_WP_RESOLVE}
     */
    void changeProtection(Task task, MmuGather gather, Vma vma, long start, long end, int how) {
        for (long addr = start; addr < end; ) {
            long next = platform.tables.pmdAddrEnd(addr, end);
            PageTable pmd = platform.tables.pmdOffset(vma.mm(), addr);
            PageTable table = pmd == null ? null : platform.tables.pteOffsetMapLock(task, pmd, addr);
            if (table != null) {
                if (!platform.config.has(Fault.B42)) {
                    tlbFlush.flushBatchedPending(task, vma.mm());
                }
                for (; addr < next; addr += Address.PAGE_SIZE) {
                    changePte(task, gather, vma, table, addr, how);
                }
                platform.tables.pteUnlock(task, table);
            }
            addr = next;
        }
    }

    /** {@code change_pte_range()} for one entry: empty for a moment, so that no hardware update is lost. */
    private void changePte(Task task, MmuGather gather, Vma vma, PageTable table, long addr, int how) {
        PageTables tables = platform.tables;
        if (!Pte.isPresent(tables.ptepGet(table, addr))) {
            return;
        }
        long old = tables.ptepGetAndClear(task, vma, table, addr);
        long pte = Pte.modify(old, vma.pageProt(kernel));
        if ((how & UFFD_WP) != 0) {
            pte = Pte.mkuffdWp(pte);
        } else if ((how & UFFD_WP_RESOLVE) != 0) {
            pte = Pte.clearUffdWp(pte);
        }
        if ((how & TRY_CHANGE_WRITABLE) != 0 && !Pte.isWritable(pte) && canChangePteWritable(task, vma, addr, pte)) {
            pte = Pte.mkwrite(pte);
        }
        tables.setPteAt(task, vma, table, addr, pte);
        if (Pte.needsFlush(old, pte)) {
            gather.flushEntry(addr);
        }
    }

    /** {@code can_change_pte_writable()}: whether a write fault would do nothing but make this entry writable. */
    private boolean canChangePteWritable(Task task, Vma vma, long addr, long pte) {
        long flags = vma.flags(kernel);
        if (Warn.on((flags & VmFlags.WRITE) == 0, kernel, task, "can_change_pte_writable", "VM_WRITE is clear")) {
            return false;
        }
        boolean tracked = platform.config.has(Fault.B38)
                ? platform.config.softDirty() && (flags & VmFlags.SOFTDIRTY) != 0
                : pageProt.softDirtyTracking(flags);
        if (Pte.isProtnone(pte) || (tracked && !Pte.isSoftDirty(pte)) || vma.isUffdWpPte(kernel, pte)) {
            return false;
        }
        if ((flags & VmFlags.SHARED) == 0) {
            Page page = normalPage.vmNormalPage(task, vma, addr, pte);
            return page != null
                    && platform.folios.isAnon(page)
                    && (platform.folios.isAnonExclusive(page) || platform.config.has(Fault.B40));
        }
        Warn.on(
                Memory.isZero(Pte.pfn(pte)) && Pte.isDirty(pte) && platform.config.warnsOfZeropage(),
                kernel,
                task,
                "can_change_pte_writable",
                "dirty zeropage");
        return Pte.isDirty(pte) || platform.config.has(Fault.B40);
    }
}
