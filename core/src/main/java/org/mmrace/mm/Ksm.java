package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * KSM, as far as it merges empty pages into the zeropage (mm/ksm.c, {@code use_zero_pages}). Its entries are dirty, by
 * which the kernel knows them; nobody else makes such entries.
 */
public final class Ksm {
    private static final long UNMERGEABLE =
            VmFlags.SHARED | VmFlags.MAYSHARE | VmFlags.PFNMAP | VmFlags.IO | VmFlags.DONTEXPAND | VmFlags.MIXEDMAP;

    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Rmap rmap;
    private final NormalPage normalPage;
    private final InsertPage insertPage;
    private final PageFault pageFault;

    Ksm(
            Platform platform,
            TlbFlush tlbFlush,
            Rmap rmap,
            NormalPage normalPage,
            InsertPage insertPage,
            PageFault pageFault) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.rmap = rmap;
        this.normalPage = normalPage;
        this.insertPage = insertPage;
        this.pageFault = pageFault;
    }

    /** {@code madvise(MADV_MERGEABLE)} of every VMA that the range touches: 0, or -ENOMEM if there is none. */
    public int madviseMergeable(Task task, Mm mm, long start, long length) {
        platform.vmaLocks.mmapWriteLock(task, mm);
        int result = -Errno.ENOMEM;
        for (Vma vma : mm.tree.overlapping(start, start + Address.pageAlign(length))) {
            result = 0;
            if ((vma.flags(kernel) & UNMERGEABLE) == 0 && !vma.isFsdax()) {
                platform.vmaLocks.startWrite(task, vma);
                vma.modifyFlags(kernel, platform.monitor, task, VmFlags.MERGEABLE, 0);
            }
        }
        platform.vmaLocks.mmapWriteUnlock(task, mm);
        return result;
    }

    /** {@code ksm_disable()}: mmap_lock held for writing, and no entry of KSM is left. */
    void disable(Task task, Mm mm) {
        for (Vma vma : mm.tree.all()) {
            if ((vma.flags(kernel) & VmFlags.MERGEABLE) != 0) {
                platform.vmaLocks.startWrite(task, vma);
                vma.modifyFlags(kernel, platform.monitor, task, 0, VmFlags.MERGEABLE);
            }
        }
    }

    /** {@code unmerge_ksm_pages()}: {@code [start, end)} gets pages of its own back; 0 or -ENOMEM. VMA write-locked. */
    int unmerge(Task task, Vma vma, long start, long end) {
        if ((vma.flags(kernel) & VmFlags.MERGEABLE) == 0) {
            return 0;
        }
        for (long addr = start; addr < end; addr += Address.PAGE_SIZE) {
            for (int turn = 1; isKsmZeroPte(task, vma, addr); turn++) {
                int fault = pageFault.handleMmFault(task, vma, addr, VmFault.UNSHARE | VmFault.REMOTE);
                if ((fault & FaultResult.OOM) != 0) {
                    return -Errno.ENOMEM;
                }
                kernel.condResched(task, turn);
            }
        }
        return 0;
    }

    /** {@code is_ksm_zero_pte()}. */
    private boolean isKsmZeroPte(Task task, Vma vma, long addr) {
        PageTable pmd = platform.tables.pmdOffset(vma.mm(), addr);
        PageTable table = pmd == null ? null : platform.tables.pteOffsetMapLock(task, pmd, addr);
        if (table == null) {
            return false;
        }
        long pte = platform.tables.ptepGet(table, addr);
        platform.tables.pteUnlock(task, table);
        return Pte.isPresent(pte) && Memory.isZero(Pte.pfn(pte)) && Pte.isDirty(pte);
    }

    /**
     * {@code try_to_merge_with_zero_page()}: the page at {@code addr} gives way to the zeropage if it is empty. Takes
     * mmap_lock for reading. That an mm which forbids the zeropage gets none is asked here; 6.11 relies on KSM being
     * off there.
     *
     * @return 0 merged; -EFAULT if there is nothing to merge; -EBUSY if somebody else uses the page or changes it
     */
    public int mergeZero(Task task, Mm mm, long addr) {
        kernel.downRead(task, mm.mmapLock);
        Vma vma = mm.tree.lookup(addr);
        int result = -Errno.EFAULT;
        boolean mergeable =
                vma != null && (vma.flags(kernel) & VmFlags.MERGEABLE) != 0 && kernel.readOnce(mm.forbidsZeropage) == 0;
        Page page = vma != null && mergeable ? anonPage(task, vma, addr) : null;
        if (vma != null && page != null) {
            result = tryToMergeOnePage(task, vma, addr, page);
            platform.folios.put(task, page, RefKind.TRANSIENT);
        }
        kernel.upRead(task, mm.mmapLock);
        return result;
    }

    /** {@code scan_get_next_rmap_item()}: the anonymous page at {@code addr}, with a reference. */
    private @Nullable Page anonPage(Task task, Vma vma, long addr) {
        PageTable pmd = platform.tables.pmdOffset(vma.mm(), addr);
        PageTable table = pmd == null ? null : platform.tables.pteOffsetMapLock(task, pmd, addr);
        if (table == null) {
            return null;
        }
        long pte = platform.tables.ptepGet(table, addr);
        Page page = Pte.isPresent(pte) ? normalPage.vmNormalPage(task, vma, addr, pte) : null;
        boolean anon = page != null && platform.folios.isAnon(page);
        if (page != null && anon) {
            platform.folios.get(task, page, RefKind.TRANSIENT);
        }
        platform.tables.pteUnlock(task, table);
        return anon ? page : null;
    }

    /** {@code try_to_merge_one_page()}: compared only when nobody can write to it any more. */
    private int tryToMergeOnePage(Task task, Vma vma, long addr, Page page) {
        if (!platform.folios.tryLock(task, page)) {
            return -Errno.EBUSY;
        }
        long pte = writeProtectPage(task, vma, addr, page);
        int result = -Errno.EBUSY;
        if (!Pte.isNone(pte)) {
            boolean empty = platform.memory.contents(page.pfn()) == 0;
            result = empty ? replacePage(task, vma, addr, page, pte) : -Errno.EFAULT;
        }
        platform.folios.unlock(task, page);
        return result;
    }

    /**
     * {@code write_protect_page()}: the entry is cleared and flushed before references are counted, so that GUP-fast
     * cannot take one after the check.
     *
     * @return the entry afterwards, {@link Pte#NONE} if somebody else uses the page
     */
    private long writeProtectPage(Task task, Vma vma, long addr, Page page) {
        PageTables tables = platform.tables;
        PageTable pmd = tables.pmdOffset(vma.mm(), addr);
        PageTable table = pmd == null ? null : tables.pteOffsetMapLock(task, pmd, addr);
        if (table == null) {
            return Pte.NONE;
        }
        long pte = tables.ptepGet(table, addr);
        boolean maps = Pte.isPresent(pte) && Pte.pfn(pte) == page.pfn();
        boolean exclusive = platform.folios.isAnonExclusive(page);
        boolean change =
                Pte.isWritable(pte) || Pte.isDirty(pte) || exclusive || vma.mm().tlbFlushPending(kernel) != 0;
        if (maps && change) {
            long old = tables.ptepGetAndClear(task, vma, table, addr);
            tlbFlush.flushPage(task, vma.mm(), addr);
            boolean alone = platform.folios.mapcount(page) + 1 == platform.folios.refCount(page);
            maps = alone && (!exclusive || rmap.tryShareAnonRmap(task, page));
            if (maps && Pte.isDirty(old)) {
                platform.folios.set(page, Page.DIRTY);
            }
            pte = maps ? Pte.wrprotect(Pte.mkclean(old)) : old;
            tables.setPteAt(task, vma, table, addr, pte);
        }
        tables.pteUnlock(task, table);
        return maps ? pte : Pte.NONE;
    }

    /** {@code replace_page()}: 0, or -EFAULT if the entry has changed. */
    private int replacePage(Task task, Vma vma, long addr, Page page, long origPte) {
        PageTables tables = platform.tables;
        PageTable pmd = tables.pmdOffset(vma.mm(), addr);
        PageTable table = pmd == null ? null : tables.pteOffsetMapLock(task, pmd, addr);
        if (table == null) {
            return -Errno.EFAULT;
        }
        if (tables.ptepGet(table, addr) != origPte) {
            tables.pteUnlock(task, table);
            return -Errno.EFAULT;
        }
        long zero = Pte.mkdirty(insertPage.mkspecial(Pte.make(Memory.ZERO_PFN, vma.pageProt(kernel))));
        if (!platform.config.has(Fault.B14)) {
            vma.mm().rss().add(RssStat.Counter.ANON, -1);
        }
        long cleared = tables.ptepGetAndClear(task, vma, table, addr);
        tables.removed(task, vma, table, addr, cleared, true);
        tlbFlush.flushPage(task, vma.mm(), addr);
        tables.install(task, vma, table, addr, zero, false);
        rmap.removeRmap(task, page);
        platform.folios.put(task, page, RefKind.MAP);
        tables.pteUnlock(task, table);
        return 0;
    }
}
