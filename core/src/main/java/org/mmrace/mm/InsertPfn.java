package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.DaxStyle;
import org.mmrace.fault.Fault;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/**
 * {@code vmf_insert_pfn()}, {@code vmf_insert_mixed()}, {@code remap_pfn_range()} (mm/memory.c): drivers map page
 * frames.
 */
public final class InsertPfn {
    private final Platform platform;
    private final Kernel kernel;
    private final InsertPage insertPage;
    private final Zap zap;
    private final PfnTracking pfnTracking;

    InsertPfn(Platform platform, InsertPage insertPage, Zap zap, PfnTracking pfnTracking) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.insertPage = insertPage;
        this.zap = zap;
        this.pfnTracking = pfnTracking;
    }

    /** {@code vmf_insert_pfn()}: maps a frame in a VM_PFNMAP VMA, or one without struct page in a VM_MIXEDMAP one. */
    public int vmfInsertPfn(Task task, Vma vma, long addr, long pfn) {
        long flags = vma.flags(kernel);
        boolean pfnmap = (flags & VmFlags.PFNMAP) != 0;
        boolean mixedmap = (flags & VmFlags.MIXEDMAP) != 0;
        boolean valid = platform.memory.page(pfn) != null;
        Bug.on(pfnmap == mixedmap, kernel, task, "vmf_insert_pfn_prot", "neither or both of VM_PFNMAP and VM_MIXEDMAP");
        Bug.on(pfnmap && VmFlags.isCow(flags), kernel, task, "vmf_insert_pfn_prot", "COW mapping of page frames");
        Bug.on(mixedmap && valid, kernel, task, "vmf_insert_pfn_prot", "VM_MIXEDMAP and a frame with a struct page");
        if (addr < vma.start(kernel) || addr >= vma.end(kernel)) {
            return FaultResult.SIGBUS;
        }
        return insertPfn(task, vma, addr, pfn, vma.pageProt(kernel), false);
    }

    /** {@code insert_pfn()}: maps a frame without counting it. */
    private int insertPfn(Task task, Vma vma, long addr, long pfn, long prot, boolean mkwrite) {
        PageTables tables = platform.tables;
        PageTable table = tables.getLockedPte(task, vma.mm(), addr);
        if (table == null) {
            return FaultResult.OOM;
        }
        long old = tables.ptepGet(table, addr);
        long flags = vma.flags(kernel);
        if (!Pte.isNone(old)) {
            if (mkwrite) {
                mkwriteMapped(task, vma, table, addr, old, pfn);
            }
            tables.pteUnlock(task, table);
            return FaultResult.NOPAGE;
        }
        long entry = Pte.make(pfn, prot);
        Page page = platform.memory.page(pfn);
        entry = isDevmap(page) ? mkdevmap(entry) : insertPage.mkspecial(entry);
        if (Memory.isZero(pfn) && platform.config.zeropageUncounted()) {
            entry = insertPage.zeropageEntry(prot);
        }
        if (mkwrite) {
            entry = Pte.maybeMkwrite(Pte.mkdirty(Pte.mkyoung(entry)), flags);
        }
        tables.install(task, vma, table, addr, entry, false);
        tables.pteUnlock(task, table);
        return FaultResult.NOPAGE;
    }

    /** A write fault wants the entry writable that it has found. Another frame is none of its business. */
    private void mkwriteMapped(Task task, Vma vma, PageTable table, long addr, long old, long pfn) {
        boolean comparable = Pte.isPresent(old) || platform.config.has(Fault.B17);
        boolean samePfn = comparable && Pte.pfn(old) == pfn;
        Warn.on(
                comparable && !samePfn && !Memory.isZero(Pte.pfn(old)),
                kernel,
                task,
                "insert_pfn",
                "another frame is mapped");
        if (!samePfn && !platform.config.has(Fault.B12)) {
            return;
        }
        long entry = Pte.maybeMkwrite(Pte.mkdirty(Pte.mkyoung(old)), vma.flags(kernel));
        if (platform.config.has(Fault.B13)) {
            platform.tables.setPteAt(task, vma, table, addr, entry);
        } else {
            platform.tables.ptepSetAccessFlags(task, vma, table, addr, entry);
        }
    }

    private long mkdevmap(long entry) {
        return platform.config.pteSpecial() ? Pte.mkdevmap(entry) : entry | Pte.DEVMAP;
    }

    /** {@code pfn_t_devmap()}: memory of a device that has pages, mapped without counting them (6.14 and earlier). */
    private boolean isDevmap(@Nullable Page page) {
        return platform.config.daxStyle() == DaxStyle.DEVMAP && page != null && platform.folios.isDevmap(page);
    }

    /** {@code vmf_insert_mixed()}: what a DAX read fault ends in. */
    public int vmfInsertMixed(Task task, Vma vma, long addr, long pfn) {
        return insertMixed(task, vma, addr, pfn, false);
    }

    /** {@code vmf_insert_mixed_mkwrite()}: what a DAX write fault ends in. */
    public int vmfInsertMixedMkwrite(Task task, Vma vma, long addr, long pfn) {
        return insertMixed(task, vma, addr, pfn, true);
    }

    /** {@code vm_mixed_ok()}. */
    private boolean mixedOk(Task task, Vma vma, long pfn, boolean mkwrite) {
        boolean zero = Memory.isZero(pfn);
        if (zero && platform.config.zeropageUncounted() && (mkwrite || !insertPage.vmMixedZeropageAllowed(task, vma))) {
            return false;
        }
        @Nullable Page page = platform.memory.page(pfn);
        return (vma.flags(kernel) & VmFlags.MIXEDMAP) != 0 || isDevmap(page) || zero;
    }

    /** {@code __vm_insert_mixed()}. */
    private int insertMixed(Task task, Vma vma, long addr, long pfn, boolean mkwrite) {
        if (!mixedOk(task, vma, pfn, mkwrite)) {
            Bug.on(
                    platform.config.series() == Series.BEFORE,
                    kernel,
                    task,
                    "__vm_insert_mixed",
                    "the VMA is not VM_MIXEDMAP");
            return FaultResult.SIGBUS;
        }
        if (addr < vma.start(kernel) || addr >= vma.end(kernel)) {
            return FaultResult.SIGBUS;
        }
        Page page = platform.memory.page(pfn);
        if (!platform.config.pteSpecial() && page != null && !isDevmap(page)) {
            return ofInsertion(insertPage.insertPage(task, vma, addr, page, vma.pageProt(kernel), false));
        }
        return insertPfn(task, vma, addr, pfn, vma.pageProt(kernel), mkwrite);
    }

    private static int ofInsertion(int error) {
        return error == 0 || error == -Errno.EBUSY ? FaultResult.NOPAGE : FaultResult.ofErrno(error);
    }

    /**
     * {@code vmf_insert_page_mkwrite()} (6.15 and later): what a DAX fault ends in when the pages of DAX files are
     * counted. Does not set VM_MIXEDMAP.
     *
     * @param write whether a write fault asks; ignored for the zeropage, unless that is mapped already
     * @return NOPAGE, also if something else was mapped in time for a read; SIGBUS; OOM
     */
    public int vmfInsertPageMkwrite(Task task, Vma vma, long addr, Page page, boolean write) {
        if (addr < vma.start(kernel) || addr >= vma.end(kernel)) {
            return FaultResult.SIGBUS;
        }
        return ofInsertion(insertPage.insertPage(task, vma, addr, page, vma.pageProt(kernel), write));
    }

    /**
     * {@code remap_pfn_range()}: maps {@code size} bytes of consecutive frames from {@code pfn} on. mmap_lock held for
     * writing.
     *
     * @return 0, -EINVAL for a part of a COW mapping or an unaligned address, -ENOMEM, -EACCES for a frame beyond
     *     memory
     */
    public int remapPfnRange(Task task, Vma vma, long addr, long pfn, long size, long prot) {
        long end = addr + Address.pageAlign(size);
        if (Warn.on(!Address.isAligned(addr), kernel, task, "remap_pfn_range", "unaligned address")) {
            return -Errno.EINVAL;
        }
        if (!pfnTracking.trackPfnRemap(vma, addr, pfn, end - addr)) {
            return -Errno.EINVAL;
        }
        int error = remapTracked(task, vma, addr, end, pfn, prot);
        if (error != 0) {
            pfnTracking.untrackPfn(task, vma);
        }
        return error;
    }

    /** {@code remap_pfn_range_notrack()}. */
    private int remapTracked(Task task, Vma vma, long addr, long end, long pfn, long prot) {
        if (VmFlags.isCow(vma.flags(kernel))) {
            if (addr != vma.start(kernel) || end != vma.end(kernel)) {
                return -Errno.EINVAL;
            }
            kernel.writePlain(vma.pgoff, pfn);
            platform.monitor.vmaWritten(task, vma, "vm_pgoff");
        }
        platform.vmaLocks.startWrite(task, vma);
        long more = VmFlags.IO | VmFlags.PFNMAP | VmFlags.DONTEXPAND | VmFlags.DONTDUMP;
        vma.modifyFlags(kernel, platform.monitor, task, more, 0);
        int error = remapPteRange(task, vma, addr, end, pfn, prot);
        if (error != 0 && platform.config.series() == Series.AFTER && !platform.config.has(Fault.B61)) {
            zap.zapPageRangeSingle(task, vma, addr, end);
        }
        return error;
    }

    private int remapPteRange(Task task, Vma vma, long addr, long end, long pfn, long prot) {
        PageTables tables = platform.tables;
        long frame = pfn;
        for (long at = addr; at < end; ) {
            long next = tables.pmdAddrEnd(at, end);
            PageTable table = tables.getLockedPte(task, vma.mm(), at);
            if (table == null) {
                return -Errno.ENOMEM;
            }
            for (; at < next; at += Address.PAGE_SIZE) {
                Bug.on(!Pte.isNone(tables.ptepGet(table, at)), kernel, task, "remap_pte_range", "entry is not empty");
                if (!platform.memory.isFrame(frame)) {
                    tables.pteUnlock(task, table);
                    return -Errno.EACCES;
                }
                tables.install(task, vma, table, at, insertPage.mkspecial(Pte.make(frame, prot)), false);
                frame++;
            }
            tables.pteUnlock(task, table);
        }
        return 0;
    }
}
