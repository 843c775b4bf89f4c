package org.mmrace.mm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Local;
import org.mmrace.kernel.Task;

/** {@code fork(2)}: {@code dup_mmap()} and {@code copy_page_range()} (kernel/fork.c, mm/memory.c). */
public final class Fork {
    private enum Copied {
        DONE,
        NEEDS_PAGE
    }

    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Rmap rmap;
    private final NormalPage normalPage;
    private final Mmap mmap;
    private final VmaEdit vmaEdit;
    private final UffdVmas uffdVmas;
    private final PfnTracking pfnTracking;

    Fork(
            Platform platform,
            TlbFlush tlbFlush,
            Rmap rmap,
            NormalPage normalPage,
            Mmap mmap,
            VmaEdit vmaEdit,
            UffdVmas uffdVmas,
            PfnTracking pfnTracking) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.rmap = rmap;
        this.normalPage = normalPage;
        this.mmap = mmap;
        this.vmaEdit = vmaEdit;
        this.uffdVmas = uffdVmas;
        this.pfnTracking = pfnTracking;
    }

    /** {@code dup_mm()}: the child's address space, or null when out of memory; then nothing of it is left. */
    public @Nullable Mm fork(Task task, Mm parent, Munmap munmap) {
        Mm child = mmap.newMm(task, parent);
        if (child == null) {
            return null;
        }
        boolean complete = dupMmap(task, parent, child);
        if (!complete) {
            munmap.exitMmap(task, child);
            return null;
        }
        return child;
    }

    /** {@code dup_mmap()}: both mmap_locks held for writing, the child's nested. */
    private boolean dupMmap(Task task, Mm parent, Mm child) {
        platform.vmaLocks.mmapWriteLock(task, parent);
        platform.vmaLocks.mmapWriteLock(task, child);
        boolean complete = true;
        for (Vma vma : parent.tree.all()) {
            if (!platform.config.has(Fault.B53)) {
                platform.vmaLocks.startWrite(task, vma);
            }
            if (complete && (vma.flags(kernel) & VmFlags.DONTCOPY) == 0) {
                complete = dupVma(task, child, vma);
            }
        }
        platform.vmaLocks.mmapWriteUnlock(task, child);
        tlbFlush.flushMm(task, parent);
        platform.monitor.flushesDone(task);
        platform.vmaLocks.mmapWriteUnlock(task, parent);
        return complete;
    }

    private boolean dupVma(Task task, Mm child, Vma vma) {
        Vma copy = vmaEdit.dup(task, child, vma);
        uffdVmas.drop(task, copy);
        if (platform.config.has(Fault.B63)) {
            kernel.writePlain(copy.patPfn, kernel.readPlain(vma.patPfn));
        }
        OpenFile file = vma.file();
        child.tree.replace(List.of(), List.of(copy));
        if (file != null) {
            file.mapping().link(task, copy);
        }
        return copyPageRange(task, copy, vma);
    }

    /** {@code copy_page_range()}: false when out of memory. */
    private boolean copyPageRange(Task task, Vma dst, Vma src) {
        long flags = src.flags(kernel);
        boolean needsCopy = (flags & (VmFlags.PFNMAP | VmFlags.MIXEDMAP)) != 0 || kernel.readOnce(src.anonVma) != 0;
        if (!needsCopy) {
            return true;
        }
        if (!pfnTracking.trackPfnCopy(dst, src)) {
            return false;
        }
        boolean complete = copyTables(task, dst, src);
        if (!complete) {
            pfnTracking.untrackPfn(task, dst);
        }
        return complete;
    }

    /** The tables of {@code src} that have entries; fast pins of a COW mapping are fenced off meanwhile. */
    private boolean copyTables(Task task, Vma dst, Vma src) {
        Mm parent = src.mm();
        boolean cow = VmFlags.isCow(src.flags(kernel));
        if (cow) {
            kernel.rawWriteSeqcountBegin(parent.writeProtectSeq);
        }
        boolean complete = true;
        long end = src.end(kernel);
        for (long addr = src.start(kernel); complete && addr < end; ) {
            long next = platform.tables.pmdAddrEnd(addr, end);
            PageTable pmd = platform.tables.pmdOffset(parent, addr);
            if (pmd != null && platform.tables.pteTable(pmd, addr) != null) {
                complete = copyPteRange(task, dst, src, pmd, addr, next);
            }
            addr = next;
        }
        if (cow) {
            kernel.rawWriteSeqcountEnd(parent.writeProtectSeq);
        }
        return complete;
    }

    /** {@code copy_pte_range()}: the child's PTL, then the parent's; dropped when a page must be allocated. */
    private boolean copyPteRange(Task task, Vma dst, Vma src, PageTable srcPmd, long start, long end) {
        PageTables tables = platform.tables;
        Local<Page> prealloc = new Local<>(null);
        long addr = start;
        while (addr < end) {
            PageTable dstTable = tables.getLockedPte(task, dst.mm(), addr);
            if (dstTable == null) {
                return false;
            }
            PageTable srcTable = tables.pteOffsetMapLock(task, srcPmd, addr);
            if (srcTable == null) {
                tables.pteUnlock(task, dstTable);
                return true;
            }
            Copied copied = Copied.DONE;
            while (addr < end && copied == Copied.DONE) {
                copied = copyPte(task, dst, src, dstTable, srcTable, addr, prealloc);
                if (copied == Copied.DONE) {
                    addr += Address.PAGE_SIZE;
                }
            }
            tables.pteUnlock(task, srcTable);
            tables.pteUnlock(task, dstTable);
            if (copied == Copied.NEEDS_PAGE) {
                Page page = platform.memory.alloc(task, PageKind.ANON);
                if (page == null) {
                    return false;
                }
                prealloc.set(page);
            }
        }
        Page unused = prealloc.get();
        if (unused != null) {
            platform.folios.put(task, unused, RefKind.OWNER);
        }
        return true;
    }

    /** {@code copy_present_pte()}: both PTLs held. */
    private Copied copyPte(
            Task task, Vma dst, Vma src, PageTable dstTable, PageTable srcTable, long addr, Local<Page> prealloc) {
        long pte = platform.tables.ptepGet(srcTable, addr);
        if (!Pte.isPresent(pte)) {
            return Copied.DONE;
        }
        long flags = src.flags(kernel);
        Page page = normalPage.vmNormalPage(task, src, addr, pte);
        if (page != null && platform.folios.isAnon(page)) {
            platform.folios.get(task, page, RefKind.MAP);
            if (!rmap.tryDupAnonRmap(task, page, needsCowForDma(task, src.mm()))) {
                platform.folios.put(task, page, RefKind.MAP);
                return copyPresentPage(task, dst, dstTable, addr, page, prealloc);
            }
            dst.mm().rss().add(RssStat.Counter.ANON, 1);
        } else if (page != null && platform.config.has(Fault.B27) && pinnedInCow(task, src, page)) {
            return copyPresentPage(task, dst, dstTable, addr, page, prealloc);
        } else if (page != null) {
            platform.folios.get(task, page, RefKind.MAP);
            rmap.dupFileRmap(task, page);
            dst.mm().rss().add(platform.folios.counter(page), 1);
        }
        if (VmFlags.isCow(flags) && Pte.isWritable(pte)) {
            platform.tables.ptepSetWrprotect(task, src, srcTable, addr);
            pte = Pte.wrprotect(pte);
        }
        if ((flags & VmFlags.SHARED) != 0) {
            pte = Pte.mkclean(pte);
        }
        pte = Pte.clearUffdWp(Pte.mkold(pte));
        platform.tables.install(task, dst, dstTable, addr, pte, page != null);
        return Copied.DONE;
    }

    /** {@code folio_needs_cow_for_dma()}, the part about the address space. */
    private boolean needsCowForDma(Task task, Mm parent) {
        Bug.on(
                (kernel.rawReadSeqcount(parent.writeProtectSeq) & 1) == 0,
                kernel,
                task,
                "folio_needs_cow_for_dma",
                "write_protect_seq is even");
        return kernel.readOnce(parent.hasPinned) != 0 && !platform.config.has(Fault.B26);
    }

    /** {@code page_needs_cow_for_dma()} as it was before 5.19. */
    private boolean pinnedInCow(Task task, Vma src, Page page) {
        return VmFlags.isCow(src.flags(kernel))
                && needsCowForDma(task, src.mm())
                && platform.folios.maybeDmaPinned(page);
    }

    /** {@code copy_present_page()}: a pinned page stays the parent's; the child gets a copy at once. */
    private Copied copyPresentPage(Task task, Vma dst, PageTable dstTable, long addr, Page page, Local<Page> prealloc) {
        Page fresh = prealloc.get();
        if (fresh == null) {
            return Copied.NEEDS_PAGE;
        }
        prealloc.set(null);
        Bug.on(kernel.readOnce(dst.anonVma) == 0, kernel, task, "__page_set_anon_rmap", "the VMA has no anon_vma");
        platform.memory.setContents(task, fresh.pfn(), platform.memory.contents(page.pfn()));
        rmap.addNewAnonRmap(task, fresh, dst, addr);
        platform.folios.convert(fresh, RefKind.OWNER, RefKind.MAP);
        dst.mm().rss().add(RssStat.Counter.ANON, 1);
        long entry = Pte.maybeMkwrite(Pte.mkdirty(Pte.make(fresh.pfn(), dst.pageProt(kernel))), dst.flags(kernel));
        platform.tables.install(task, dst, dstTable, addr, entry, true);
        return Copied.DONE;
    }
}
