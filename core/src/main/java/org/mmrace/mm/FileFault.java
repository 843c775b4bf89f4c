package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Remedy;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code do_fault()} and what it calls (mm/memory.c): the first access to a page of a file or driver mapping. */
final class FileFault {
    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Rmap rmap;
    private final InsertPage insertPage;
    private final AnonFault anonFault;
    private final FilemapFault filemapFault;

    FileFault(
            Platform platform,
            TlbFlush tlbFlush,
            Rmap rmap,
            InsertPage insertPage,
            AnonFault anonFault,
            FilemapFault filemapFault) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.rmap = rmap;
        this.insertPage = insertPage;
        this.anonFault = anonFault;
        this.filemapFault = filemapFault;
    }

    /** {@code do_fault()}. */
    int doFault(Task task, VmFault vmf) {
        Vma vma = vmf.vma();
        VmOperations ops = vma.ops(kernel);
        if (ops == null || !ops.hasFault()) {
            return noFaultHandler(task, vmf);
        }
        if (!vmf.has(VmFault.WRITE)) {
            return doReadFault(task, vmf, ops);
        }
        if ((vma.flags(kernel) & VmFlags.SHARED) == 0) {
            return doCowFault(task, vmf, ops);
        }
        return doSharedFault(task, vmf, ops);
    }

    /** The entry may have been empty for a moment only, while mprotect changed it: look again under the PTL. */
    private int noFaultHandler(Task task, VmFault vmf) {
        PageTable pmd = vmf.pmd.get();
        PageTable table = pmd == null ? null : platform.tables.pteOffsetMapLock(task, pmd, vmf.address());
        if (table == null) {
            return FaultResult.SIGBUS;
        }
        boolean none = Pte.isNone(platform.tables.ptepGet(table, vmf.address()));
        platform.tables.pteUnlock(task, table);
        return none ? FaultResult.SIGBUS : FaultResult.NOPAGE;
    }

    /** {@code vmf_can_call_fault()}: handlers of drivers without map_pages run under mmap_lock only. */
    int vmfCanCallFault(Task task, VmFault vmf, VmOperations ops) {
        if (ops.hasMapPages() || !vmf.has(VmFault.VMA_LOCK)) {
            return FaultResult.NONE;
        }
        platform.vmaLocks.endRead(task, vmf.vma());
        return FaultResult.RETRY;
    }

    private int doReadFault(Task task, VmFault vmf, VmOperations ops) {
        PageTable pmd = vmf.pmd.get();
        if (ops.hasMapPages() && !vmf.vma().hasUffdWp(kernel)) {
            if (pmd == null || !platform.tables.pteAlloc(task, pmd, vmf.address())) {
                return FaultResult.OOM;
            }
            int around = filemapFault.mapPages(task, vmf, pmd);
            if (around != FaultResult.NONE) {
                return around;
            }
        }
        int result = vmfCanCallFault(task, vmf, ops);
        if (result != FaultResult.NONE) {
            return result;
        }
        result = callFault(task, vmf, ops);
        if ((result & (FaultResult.ERROR | FaultResult.NOPAGE | FaultResult.RETRY)) != 0) {
            return result;
        }
        result |= finishFault(task, vmf, fetched(vmf));
        platform.folios.unlock(task, fetched(vmf));
        if ((result & (FaultResult.ERROR | FaultResult.NOPAGE | FaultResult.RETRY)) != 0) {
            platform.folios.put(task, fetched(vmf), RefKind.TRANSIENT);
        }
        return result;
    }

    private int doCowFault(Task task, VmFault vmf, VmOperations ops) {
        int result = vmfCanCallFault(task, vmf, ops);
        if (result == FaultResult.NONE) {
            result = anonFault.vmfAnonPrepare(task, vmf);
        }
        if (result != FaultResult.NONE) {
            return result;
        }
        Page cow = platform.memory.alloc(task, PageKind.ANON);
        if (cow == null) {
            return FaultResult.OOM;
        }
        vmf.cowPage.set(cow);
        result = callFault(task, vmf, ops);
        if ((result & (FaultResult.ERROR | FaultResult.NOPAGE | FaultResult.RETRY)) != 0) {
            platform.folios.put(task, cow, RefKind.OWNER);
            return result;
        }
        if ((result & FaultResult.DONE_COW) != 0) {
            return result;
        }
        Page source = fetched(vmf);
        platform.memory.setContents(task, cow.pfn(), platform.memory.contents(source.pfn()));
        result |= finishFault(task, vmf, cow);
        platform.folios.unlock(task, source);
        platform.folios.put(task, source, RefKind.TRANSIENT);
        if ((result & (FaultResult.ERROR | FaultResult.NOPAGE | FaultResult.RETRY)) != 0) {
            platform.folios.put(task, cow, RefKind.OWNER);
        }
        return result;
    }

    private int doSharedFault(Task task, VmFault vmf, VmOperations ops) {
        int result = vmfCanCallFault(task, vmf, ops);
        if (result != FaultResult.NONE) {
            return result;
        }
        result = callFault(task, vmf, ops);
        if ((result & (FaultResult.ERROR | FaultResult.NOPAGE | FaultResult.RETRY)) != 0) {
            return result;
        }
        Page page = fetched(vmf);
        if (ops.hasPageMkwrite()) {
            platform.folios.unlock(task, page);
            int mkwrite = doPageMkwrite(task, vmf, ops, page);
            if (mkwrite == FaultResult.NONE || (mkwrite & (FaultResult.ERROR | FaultResult.NOPAGE)) != 0) {
                platform.folios.put(task, page, RefKind.TRANSIENT);
                return mkwrite;
            }
        }
        result |= finishFault(task, vmf, page);
        if ((result & (FaultResult.ERROR | FaultResult.NOPAGE | FaultResult.RETRY)) != 0) {
            platform.folios.unlock(task, page);
            platform.folios.put(task, page, RefKind.TRANSIENT);
            return result;
        }
        faultDirtySharedPage(task, page);
        return result;
    }

    /** {@code __do_fault()}: the page comes back locked and with a reference. */
    private int callFault(Task task, VmFault vmf, VmOperations ops) {
        int result = ops.fault(task, vmf);
        int bypass = FaultResult.ERROR | FaultResult.NOPAGE | FaultResult.RETRY | FaultResult.DONE_COW;
        if ((result & bypass) == 0 && (result & FaultResult.LOCKED) == 0) {
            platform.folios.lock(task, fetched(vmf));
        }
        return result;
    }

    private static Page fetched(VmFault vmf) {
        @Nullable Page page = vmf.page.get();
        if (page == null) {
            throw new IllegalStateException("->fault gave success without a page");
        }
        return page;
    }

    /** {@code do_page_mkwrite()}: LOCKED when the page may become writable, NONE to retry, or an error. */
    int doPageMkwrite(Task task, VmFault vmf, VmOperations ops, Page page) {
        vmf.page.set(page);
        vmf.setFlag(VmFault.MKWRITE);
        int result = ops.pageMkwrite(task, vmf);
        if ((result & (FaultResult.ERROR | FaultResult.NOPAGE)) != 0) {
            return result;
        }
        if ((result & FaultResult.LOCKED) == 0) {
            platform.folios.lock(task, page);
            if (kernel.rcuDereference(page.mapping) == null) {
                platform.folios.unlock(task, page);
                return FaultResult.NONE;
            }
        }
        return result | FaultResult.LOCKED;
    }

    /** {@code fault_dirty_shared_page()}: the page comes locked. */
    void faultDirtySharedPage(Task task, Page page) {
        platform.folios.set(page, Page.DIRTY);
        platform.folios.unlock(task, page);
    }

    /**
     * {@code finish_fault()}: installs {@code page} if the entry is still as it was. The reference that the handler, or
     * the allocator, gave becomes the mapping's.
     */
    int finishFault(Task task, VmFault vmf, Page page) {
        Vma vma = vmf.vma();
        PageTable pmd = vmf.pmd.get();
        PageTables tables = platform.tables;
        boolean uncounted = Memory.isZero(page) && platform.config.has(Remedy.F03);
        if (uncounted && !insertPage.vmMixedZeropageAllowed(task, vma)) {
            return FaultResult.SIGBUS;
        }
        if (pmd == null || !tables.pteAlloc(task, pmd, vmf.address())) {
            return FaultResult.OOM;
        }
        PageTable table = tables.pteOffsetMapLock(task, pmd, vmf.address());
        if (table == null) {
            return FaultResult.NOPAGE;
        }
        int result = FaultResult.NONE;
        if (tables.ptepGet(table, vmf.address()) == vmf.origPte.get()) {
            if (uncounted) {
                tables.install(task, vma, table, vmf.address(), insertPage.zeropageEntry(vma.pageProt(kernel)), false);
                platform.folios.put(task, page, RefKind.TRANSIENT);
            } else {
                setPte(task, vmf, table, page);
            }
        } else {
            tlbFlush.flushLocal(task, vma.mm(), vmf.address());
            result = FaultResult.NOPAGE;
        }
        tables.pteUnlock(task, table);
        return result;
    }

    /** {@code set_pte_range()} and the counter. */
    private void setPte(Task task, VmFault vmf, PageTable table, Page page) {
        Vma vma = vmf.vma();
        boolean write = vmf.has(VmFault.WRITE);
        boolean anon = write && (vma.flags(kernel) & VmFlags.SHARED) == 0;
        long entry = Pte.make(page.pfn(), vma.pageProt(kernel));
        if (write) {
            entry = Pte.maybeMkwrite(Pte.mkdirty(entry), vma.flags(kernel));
        }
        if (anon) {
            vma.mm().rss().add(RssStat.Counter.ANON, 1);
            rmap.addNewAnonRmap(task, page, vma, vmf.address());
            platform.folios.convert(page, RefKind.OWNER, RefKind.MAP);
        } else {
            vma.mm().rss().add(platform.folios.fileCounter(page), 1);
            rmap.addFileRmap(task, page);
            platform.folios.convert(page, RefKind.TRANSIENT, RefKind.MAP);
        }
        platform.tables.install(task, vma, table, vmf.address(), entry, true);
    }
}
