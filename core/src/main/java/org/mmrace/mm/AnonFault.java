package org.mmrace.mm;

import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * {@code do_anonymous_page()} and {@code vmf_anon_prepare()} (mm/memory.c): the first access to private anonymous
 * memory.
 */
final class AnonFault {
    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Rmap rmap;
    private final InsertPage insertPage;

    AnonFault(Platform platform, TlbFlush tlbFlush, Rmap rmap, InsertPage insertPage) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.rmap = rmap;
        this.insertPage = insertPage;
    }

    /**
     * {@code vmf_anon_prepare()}: the VMA gets an anon_vma. Needs mmap_lock, so under the VMA lock it tries to take it,
     * and else drops the VMA lock and gives RETRY.
     */
    int vmfAnonPrepare(Task task, VmFault vmf) {
        Vma vma = vmf.vma();
        if (kernel.readOnce(vma.anonVma) != 0) {
            return FaultResult.NONE;
        }
        boolean underVmaLock = vmf.has(VmFault.VMA_LOCK);
        if (underVmaLock && platform.config.has(Fault.B52)) {
            return anonVmaPrepare(task, vma); // lock_vma_under_rcu() has looked
        }
        if (underVmaLock && !kernel.downReadTrylock(task, vma.mm().mmapLock)) {
            platform.vmaLocks.endRead(task, vma);
            return FaultResult.RETRY;
        }
        int result = anonVmaPrepare(task, vma);
        if (underVmaLock) {
            kernel.upRead(task, vma.mm().mmapLock);
        }
        return result;
    }

    /** {@code __anon_vma_prepare()}: looks at the neighbours, so mmap_lock must be held. */
    private int anonVmaPrepare(Task task, Vma vma) {
        kernel.spinLock(task, vma.mm().pageTableLock);
        kernel.writeOnce(vma.anonVma, 1);
        platform.monitor.anonVmaPrepared(task, vma);
        kernel.spinUnlock(task, vma.mm().pageTableLock);
        return FaultResult.NONE;
    }

    /** {@code do_anonymous_page()}: the zeropage for a read, a fresh page for a write. */
    int doAnonymousPage(Task task, VmFault vmf) {
        Vma vma = vmf.vma();
        PageTables tables = platform.tables;
        PageTable pmd = vmf.pmd.get();
        if ((vma.flags(kernel) & VmFlags.SHARED) != 0) {
            return FaultResult.SIGBUS;
        }
        if (pmd == null || !tables.pteAlloc(task, pmd, vmf.address())) {
            return FaultResult.OOM;
        }
        if (!vmf.has(VmFault.WRITE) && kernel.readOnce(vma.mm().forbidsZeropage) == 0) {
            long zero = insertPage.mkspecial(Pte.make(Memory.ZERO_PFN, vma.pageProt(kernel)));
            PageTable table = tables.pteOffsetMapLock(task, pmd, vmf.address());
            if (table == null) {
                return FaultResult.NONE;
            }
            int result = FaultResult.NONE;
            if (!Pte.isNone(tables.ptepGet(table, vmf.address()))) {
                tlbFlush.flushLocal(task, vma.mm(), vmf.address());
            } else if (vma.hasUffdMissing(kernel)) {
                result = Userfaultfd.handleUserfault();
            } else {
                tables.install(task, vma, table, vmf.address(), zero, false);
            }
            tables.pteUnlock(task, table);
            return result;
        }
        int prepared = vmfAnonPrepare(task, vmf);
        if (prepared != 0) {
            return prepared;
        }
        Page page = platform.memory.alloc(task, PageKind.ANON);
        if (page == null) {
            return FaultResult.OOM;
        }
        long entry = Pte.make(page.pfn(), vma.pageProt(kernel));
        if ((vma.flags(kernel) & VmFlags.WRITE) != 0) {
            entry = Pte.mkwrite(Pte.mkdirty(entry));
        }
        PageTable table = tables.pteOffsetMapLock(task, pmd, vmf.address());
        boolean none = table != null && Pte.isNone(tables.ptepGet(table, vmf.address()));
        boolean missing = none && vma.hasUffdMissing(kernel);
        boolean install = none && !missing;
        if (table != null && install) {
            vma.mm().rss().add(RssStat.Counter.ANON, 1);
            rmap.addNewAnonRmap(task, page, vma, vmf.address());
            platform.folios.convert(page, RefKind.OWNER, RefKind.MAP);
            tables.install(task, vma, table, vmf.address(), entry, true);
        } else if (!missing) {
            tlbFlush.flushLocal(task, vma.mm(), vmf.address());
        }
        if (table != null) {
            tables.pteUnlock(task, table);
        }
        if (!install) {
            platform.folios.put(task, page, RefKind.OWNER);
        }
        return missing ? Userfaultfd.handleUserfault() : FaultResult.NONE;
    }
}
