package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/**
 * Page faults: the x86 entry, {@code handle_mm_fault()} and {@code handle_pte_fault()} (arch/x86/mm/fault.c,
 * mm/memory.c).
 */
public final class PageFault {
    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final StackExpansion stackExpansion;
    private final AnonFault anonFault;
    private final FileFault fileFault;
    private final WriteProtectFault wpFault;
    private final HugetlbFault hugetlbFault;

    PageFault(
            Platform platform,
            TlbFlush tlbFlush,
            StackExpansion stackExpansion,
            AnonFault anonFault,
            FileFault fileFault,
            WriteProtectFault wpFault,
            HugetlbFault hugetlbFault) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.stackExpansion = stackExpansion;
        this.anonFault = anonFault;
        this.fileFault = fileFault;
        this.wpFault = wpFault;
        this.hugetlbFault = hugetlbFault;
    }

    /**
     * {@code do_user_addr_fault()}: a load or store at {@code addr} trapped. No locks held.
     *
     * @param protection whether the entry was present, so that rights were missing ({@code X86_PF_PROT})
     * @return error bits for a signal, else no error bits: access again
     */
    public int doUserAddrFault(Task task, Mm mm, long addr, boolean write, boolean protection) {
        int flags = VmFault.USER | VmFault.ALLOW_RETRY | (write ? VmFault.WRITE : 0);
        Vma locked = platform.vmaLocks.lockVmaUnderRcu(task, mm, addr);
        if (locked != null) {
            if (accessError(locked, write, protection)) {
                platform.vmaLocks.endRead(task, locked);
                return FaultResult.SIGSEGV;
            }
            int result = handleMmFault(task, locked, addr, flags | VmFault.VMA_LOCK);
            if ((result & (FaultResult.RETRY | FaultResult.COMPLETED)) == 0) {
                platform.vmaLocks.endRead(task, locked);
            }
            if ((result & FaultResult.RETRY) == 0) {
                return result;
            }
        }
        while (!task.fatalSignalPending()) {
            Vma vma = stackExpansion.lockMmAndFindVma(task, mm, addr);
            if (vma == null) {
                return FaultResult.SIGSEGV;
            }
            if (accessError(vma, write, protection)) {
                kernel.upRead(task, mm.mmapLock);
                return FaultResult.SIGSEGV;
            }
            int result = handleMmFault(task, vma, addr, flags);
            if ((result & FaultResult.COMPLETED) != 0) {
                return result;
            }
            if ((result & FaultResult.RETRY) == 0) {
                kernel.upRead(task, mm.mmapLock);
                return result;
            }
            flags |= VmFault.TRIED;
        }
        return FaultResult.NONE;
    }

    /** {@code access_error()}. */
    private boolean accessError(Vma vma, boolean write, boolean protection) {
        long flags = vma.flags(kernel);
        if (write) {
            return (flags & VmFlags.WRITE) == 0;
        }
        return protection || (flags & (VmFlags.READ | VmFlags.WRITE | VmFlags.EXEC)) == 0;
    }

    /**
     * {@code handle_mm_fault()}: mmap_lock held for reading, or with {@link VmFault#VMA_LOCK} the VMA lock; dropped
     * when RETRY or COMPLETED is returned under the VMA lock.
     */
    int handleMmFault(Task task, Vma vma, long addr, int faultFlags) {
        int flags = faultFlags;
        long vmFlags = vma.flags(kernel);
        if ((flags & VmFault.UNSHARE) != 0) {
            if (Warn.on((flags & VmFault.WRITE) != 0, kernel, task, "handle_mm_fault", "unshare and write")) {
                return FaultResult.SIGSEGV;
            }
            if (!VmFlags.isCow(vmFlags)) {
                flags &= ~VmFault.UNSHARE;
            }
        } else if ((flags & VmFault.WRITE) != 0) {
            if (Warn.on(
                    (vmFlags & VmFlags.MAYWRITE) == 0 && platform.config.writeFaultNeedsMaywrite(),
                    kernel,
                    task,
                    "handle_mm_fault",
                    "write without VM_MAYWRITE")) {
                return FaultResult.SIGSEGV;
            }
            boolean forced = (vmFlags & VmFlags.WRITE) == 0;
            if (Warn.on(forced && !VmFlags.isCow(vmFlags), kernel, task, "handle_mm_fault", "forced write, not COW")) {
                return FaultResult.SIGSEGV;
            }
        }
        long page = Address.pageStart(addr);
        if (vma.isHugetlb()) {
            return hugetlbFault.hugetlbFault(task, vma, page, flags);
        }
        VmFault vmf = new VmFault(vma, page, vma.pgoffOf(kernel, page), flags);
        PageTable pmd = platform.tables.pmdAlloc(task, vma.mm(), page);
        if (pmd == null) {
            return FaultResult.OOM;
        }
        vmf.pmd.set(pmd);
        if (vma.isFsdax() && platform.tables.isHuge(pmd, page)) {
            platform.tables.splitHugePmd(task, pmd, page); // wp_huge_pmd(): falls back to small entries
        }
        int result = handlePteFault(task, vmf, pmd);
        platform.monitor.flushesDone(task);
        return result;
    }

    /** {@code handle_pte_fault()}. */
    private int handlePteFault(Task task, VmFault vmf, PageTable pmd) {
        PageTables tables = platform.tables;
        Vma vma = vmf.vma();
        kernel.rcuReadLock(task); // pte_offset_map(): the table may be taken away, and is not freed meanwhile
        @Nullable PageTable table = tables.pteTable(pmd, vmf.address());
        vmf.origPte.set(table == null ? Pte.NONE : tables.ptepGet(table, vmf.address()));
        kernel.rcuReadUnlock(task);
        if (Pte.isNone(vmf.origPte.get())) {
            return vma.isAnonymous(kernel) ? anonFault.doAnonymousPage(task, vmf) : fileFault.doFault(task, vmf);
        }
        if (Pte.isMigration(vmf.origPte.get())) {
            return migrationEntryWait(task, vmf.origPte.get());
        }
        table = tables.pteOffsetMapLock(task, pmd, vmf.address());
        if (table == null) {
            return FaultResult.NONE;
        }
        vmf.table.set(table);
        long entry = vmf.origPte.get();
        if (tables.ptepGet(table, vmf.address()) != entry) {
            tlbFlush.flushLocal(task, vma.mm(), vmf.address());
            tables.pteUnlock(task, table);
            return FaultResult.NONE;
        }
        if (vmf.has(VmFault.WRITE | VmFault.UNSHARE)) {
            if (!Pte.isWritable(entry)) {
                return wpFault.doWpPage(task, vmf);
            }
            if (vmf.has(VmFault.WRITE)) {
                entry = Pte.mkdirty(entry);
            }
        }
        entry = Pte.mkyoung(entry);
        if (!setAccessFlags(task, vmf, table, entry) && !vmf.has(VmFault.TRIED) && vmf.has(VmFault.WRITE)) {
            tlbFlush.flushLocal(task, vma.mm(), vmf.address());
        }
        tables.pteUnlock(task, table);
        return FaultResult.NONE;
    }

    /** {@code do_swap_page()} of a migration entry: whoever moves the page holds its lock until the entry is gone. */
    private int migrationEntryWait(Task task, long entry) {
        Page page = platform.memory.page(Pte.pfn(entry));
        if (page != null) {
            kernel.waitOnBit(task, page.flags, Page.LOCKED, page);
        }
        return FaultResult.NONE;
    }

    /** {@code ptep_set_access_flags()}: stores only for writes; reads leave the young bit to the hardware. */
    private boolean setAccessFlags(Task task, VmFault vmf, PageTable table, long entry) {
        boolean changed = vmf.origPte.get() != entry;
        if (changed && vmf.has(VmFault.WRITE)) {
            platform.tables.ptepSetAccessFlags(task, vmf.vma(), table, vmf.address(), entry);
        }
        return changed;
    }
}
