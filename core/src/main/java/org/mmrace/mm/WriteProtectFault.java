package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.Remedy;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/** {@code do_wp_page()} and its branches (mm/memory.c): a write, or an unshare request, meets a read-only entry. */
final class WriteProtectFault {
    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Rmap rmap;
    private final NormalPage normalPage;
    private final AnonFault anonFault;
    private final FileFault fileFault;

    WriteProtectFault(
            Platform platform,
            TlbFlush tlbFlush,
            Rmap rmap,
            NormalPage normalPage,
            AnonFault anonFault,
            FileFault fileFault) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.rmap = rmap;
        this.normalPage = normalPage;
        this.anonFault = anonFault;
        this.fileFault = fileFault;
    }

    /** {@code do_wp_page()}: PTL held on entry, dropped on return. */
    int doWpPage(Task task, VmFault vmf) {
        Vma vma = vmf.vma();
        boolean unshare = vmf.has(VmFault.UNSHARE);
        if (!unshare && vma.hasUffdWp(kernel)) {
            int result = userfaultWriteProtect(task, vmf);
            if (result != FaultResult.NONE) {
                return result;
            }
        }
        Page page = normalPage.vmNormalPage(task, vma, vmf.address(), vmf.origPte.get());
        if (VmFlags.isSharedAny(vma.flags(kernel))) {
            return page == null ? wpPfnShared(task, vmf) : wpPageShared(task, vmf, page);
        }
        if (page != null && platform.folios.isAnon(page) && (isReusable(page) || wpCanReuseAnonFolio(task, page))) {
            if (!platform.folios.isAnonExclusive(page)) {
                rmap.setExclusive(task, page);
            }
            if (unshare) {
                platform.tables.pteUnlock(task, vmf.lockedTable());
                return FaultResult.NONE;
            }
            wpPageReuse(task, vmf);
            return FaultResult.NONE;
        }
        if (page != null) {
            platform.folios.get(task, page, RefKind.TRANSIENT);
        }
        platform.tables.pteUnlock(task, vmf.lockedTable());
        return wpPageCopy(task, vmf, page);
    }

    /**
     * The exclusive mark, since 5.19, decides. The kernels of B47 counted references, so that one more, by anybody,
     * made a write fault copy a page that another CPU may write to.
     */
    private boolean isReusable(Page page) {
        return platform.folios.isAnonExclusive(page) && !platform.config.has(Fault.B47);
    }

    /**
     * A write to what userfaultfd write-protects: an error for the signal that it asked for, or with
     * {@code UFFD_FEATURE_WP_ASYNC} the bit goes and the fault goes on. What another task has just write-protected may
     * still be written through a TLB, and must not be copied before it is flushed. PTL held, dropped with an error.
     */
    private int userfaultWriteProtect(Task task, VmFault vmf) {
        Vma vma = vmf.vma();
        long pte = vmf.origPte.get();
        if (vma.isUffdWpPte(kernel, pte)) {
            if (kernel.readPlain(vma.userfaultfdCtx) != Userfaultfd.WP_ASYNC) {
                platform.tables.pteUnlock(task, vmf.lockedTable());
                return Userfaultfd.handleUserfault();
            }
            pte = Pte.clearUffdWp(pte);
            platform.tables.ptepSetAccessFlags(task, vma, vmf.lockedTable(), vmf.address(), pte);
            vmf.origPte.set(pte);
        }
        if (vma.mm().tlbFlushPending(kernel) != 0 && !platform.config.has(Fault.B47)) {
            tlbFlush.flushPage(task, vma.mm(), vmf.address());
        }
        return FaultResult.NONE;
    }

    /** {@code wp_can_reuse_anon_folio()}: nobody else has a reference. */
    private boolean wpCanReuseAnonFolio(Task task, Page page) {
        if (platform.config.has(Fault.B24)) {
            return platform.folios.mapcount(page) == 1;
        }
        boolean byMapcount = platform.config.has(Fault.B23);
        if ((platform.folios.refCount(page) > 1 && !byMapcount) || !platform.folios.tryLock(task, page)) {
            return false;
        }
        boolean alone = (byMapcount ? platform.folios.mapcount(page) : platform.folios.refCount(page)) == 1;
        platform.folios.unlock(task, page);
        return alone;
    }

    /** {@code wp_pfn_shared()}: a frame that is not counted, such as the zeropage in a DAX hole. */
    private int wpPfnShared(Task task, VmFault vmf) {
        VmOperations ops = vmf.vma().ops(kernel);
        if (ops != null && ops.hasPfnMkwrite()) {
            platform.tables.pteUnlock(task, vmf.lockedTable());
            int result = fileFault.vmfCanCallFault(task, vmf, ops);
            if (result != FaultResult.NONE) {
                return result;
            }
            vmf.setFlag(VmFault.MKWRITE);
            result = ops.pfnMkwrite(task, vmf);
            if ((result & (FaultResult.ERROR | FaultResult.NOPAGE)) != 0) {
                return result;
            }
            return finishMkwriteFault(task, vmf);
        }
        wpPageReuse(task, vmf);
        return FaultResult.NONE;
    }

    /** {@code wp_page_shared()}: a page-cache or driver page. */
    private int wpPageShared(Task task, VmFault vmf, Page page) {
        VmOperations ops = vmf.vma().ops(kernel);
        Folios folios = platform.folios;
        folios.get(task, page, RefKind.TRANSIENT);
        if (ops != null && ops.hasPageMkwrite()) {
            platform.tables.pteUnlock(task, vmf.lockedTable());
            int result = fileFault.vmfCanCallFault(task, vmf, ops);
            if (result != FaultResult.NONE) {
                folios.put(task, page, RefKind.TRANSIENT);
                return result;
            }
            result = fileFault.doPageMkwrite(task, vmf, ops, page);
            if (result == FaultResult.NONE || (result & (FaultResult.ERROR | FaultResult.NOPAGE)) != 0) {
                folios.put(task, page, RefKind.TRANSIENT);
                return result;
            }
            result = finishMkwriteFault(task, vmf);
            if ((result & (FaultResult.ERROR | FaultResult.NOPAGE)) != 0) {
                folios.unlock(task, page);
                folios.put(task, page, RefKind.TRANSIENT);
                return result;
            }
        } else {
            wpPageReuse(task, vmf);
            folios.lock(task, page);
        }
        fileFault.faultDirtySharedPage(task, page);
        folios.put(task, page, RefKind.TRANSIENT);
        return FaultResult.NONE;
    }

    /** {@code finish_mkwrite_fault()}. */
    private int finishMkwriteFault(Task task, VmFault vmf) {
        PageTable pmd = vmf.pmd.get();
        PageTable table = pmd == null ? null : platform.tables.pteOffsetMapLock(task, pmd, vmf.address());
        if (table == null) {
            return FaultResult.NOPAGE;
        }
        vmf.table.set(table);
        if (platform.tables.ptepGet(table, vmf.address()) != vmf.origPte.get()) {
            tlbFlush.flushLocal(task, vmf.vma().mm(), vmf.address());
            platform.tables.pteUnlock(task, table);
            return FaultResult.NOPAGE;
        }
        if (Memory.isZero(Pte.pfn(vmf.origPte.get())) && platform.config.has(Remedy.F04)) {
            platform.tables.pteUnlock(task, table);
            return FaultResult.SIGBUS;
        }
        wpPageReuse(task, vmf);
        return FaultResult.NONE;
    }

    /** {@code wp_page_reuse()}: the entry becomes writable as it is; drops the PTL. */
    private void wpPageReuse(Task task, VmFault vmf) {
        Vma vma = vmf.vma();
        long old = vmf.origPte.get();
        Warn.on(
                Memory.isZero(Pte.pfn(old)) && platform.config.warnsOfZeropage(),
                kernel,
                task,
                "wp_page_reuse",
                "the zeropage becomes writable");
        long entry = Pte.maybeMkwrite(Pte.mkdirty(Pte.mkyoung(old)), vma.flags(kernel));
        platform.tables.ptepSetAccessFlags(task, vma, vmf.lockedTable(), vmf.address(), entry);
        platform.tables.pteUnlock(task, vmf.lockedTable());
    }

    /** {@code wp_page_copy()}: {@code old} comes with a reference, or null for an uncounted frame. */
    private int wpPageCopy(Task task, VmFault vmf, @Nullable Page old) {
        int prepared = anonFault.vmfAnonPrepare(task, vmf);
        Page fresh = prepared == FaultResult.NONE ? platform.memory.alloc(task, PageKind.ANON) : null;
        if (fresh == null) {
            if (old != null) {
                platform.folios.put(task, old, RefKind.TRANSIENT);
            }
            return prepared != FaultResult.NONE ? prepared : FaultResult.OOM;
        }
        long oldPfn = Pte.pfn(vmf.origPte.get());
        platform.monitor.copying(task, vmf.vma().mm(), vmf.address(), oldPfn);
        if (!Memory.isZero(oldPfn)) {
            platform.memory.setContents(task, fresh.pfn(), platform.memory.contents(oldPfn));
        }
        PageTable pmd = vmf.pmd.get();
        PageTable table = pmd == null ? null : platform.tables.pteOffsetMapLock(task, pmd, vmf.address());
        boolean same = table != null && platform.tables.ptepGet(table, vmf.address()) == vmf.origPte.get();
        if (table != null && same) {
            replace(task, vmf, table, old, fresh);
        }
        if (table != null) {
            platform.tables.pteUnlock(task, table);
        }
        if (!same) {
            platform.folios.put(task, fresh, RefKind.OWNER);
        }
        if (old != null) {
            if (same) {
                platform.folios.put(task, old, RefKind.MAP);
            }
            platform.folios.put(task, old, RefKind.TRANSIENT);
        }
        return FaultResult.NONE;
    }

    /** The switch from the old page to the copy: never may a CPU see both. PTL held. */
    private void replace(Task task, VmFault vmf, PageTable table, @Nullable Page old, Page fresh) {
        Vma vma = vmf.vma();
        Mm mm = vma.mm();
        long addr = vmf.address();
        if (old == null) {
            mm.rss().add(RssStat.Counter.ANON, 1);
        } else if (!platform.folios.isAnon(old)) {
            mm.rss().add(platform.folios.counter(old), -1);
            mm.rss().add(RssStat.Counter.ANON, 1);
        }
        long entry = Pte.make(fresh.pfn(), vma.pageProt(kernel));
        if (vmf.has(VmFault.UNSHARE)) {
            entry = entry | (vmf.origPte.get() & (Pte.SOFT_DIRTY | Pte.UFFD_WP));
        } else {
            entry = Pte.maybeMkwrite(Pte.mkdirty(entry), vma.flags(kernel));
        }
        if (!platform.config.has(Fault.B48)) {
            ptepClearFlush(task, vma, table, addr, old != null);
        }
        rmap.addNewAnonRmap(task, fresh, vma, addr);
        platform.folios.convert(fresh, RefKind.OWNER, RefKind.MAP);
        platform.tables.install(task, vma, table, addr, entry, true);
        platform.monitor.frameReplaced(task, vma, addr, Pte.pfn(vmf.origPte.get()));
        if (old != null) {
            rmap.removeRmap(task, old);
        }
    }

    /** {@code ptep_clear_flush()}: no CPU reaches the old page any more. */
    private void ptepClearFlush(Task task, Vma vma, PageTable table, long addr, boolean counted) {
        long cleared = platform.tables.ptepGetAndClear(task, vma, table, addr);
        platform.tables.removed(task, vma, table, addr, cleared, counted);
        tlbFlush.flushPage(task, vma.mm(), addr);
    }
}
