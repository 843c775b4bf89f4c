package org.mmrace.mm;

import java.util.List;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Remedy;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/** {@code vm_insert_page()} and {@code vm_insert_pages()} (mm/memory.c): drivers map pages that have a struct page. */
public final class InsertPage {
    private final Platform platform;
    private final Kernel kernel;
    private final Rmap rmap;
    private final InsertRules rules;

    InsertPage(Platform platform, Rmap rmap) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.rmap = rmap;
        this.rules = new InsertRules(platform);
    }

    /**
     * Maps {@code page} at {@code addr}. mmap_lock held for writing if the VMA is not VM_MIXEDMAP yet, else the VMA
     * stable.
     *
     * @return 0, -EFAULT outside the VMA, -EINVAL for a page that may not be mapped, -EBUSY if something is mapped,
     *     -ENOMEM
     */
    public int vmInsertPage(Task task, Vma vma, long addr, Page page) {
        if (addr < vma.start(kernel) || addr >= vma.end(kernel)) {
            return -Errno.EFAULT;
        }
        if (platform.config.series() != Series.AFTER && platform.folios.refCount(page) == 0) {
            return -Errno.EINVAL;
        }
        setMixedmap(task, vma, "vm_insert_page");
        return insertPage(task, vma, addr, page, vma.pageProt(kernel), false);
    }

    /** The caller may have to make the VMA VM_MIXEDMAP; the flag stays even if the insertion fails. */
    private void setMixedmap(Task task, Vma vma, String function) {
        long flags = vma.flags(kernel);
        if ((flags & VmFlags.MIXEDMAP) != 0) {
            return;
        }
        Mm mm = vma.mm();
        boolean notLockedForWrite = kernel.downReadTrylock(task, mm.mmapLock);
        if (notLockedForWrite) {
            kernel.upRead(task, mm.mmapLock);
        }
        Bug.on(notLockedForWrite, kernel, task, function, "mmap_lock is not held for writing");
        Bug.on((flags & VmFlags.PFNMAP) != 0, kernel, task, function, "VM_PFNMAP");
        platform.vmaLocks.startWrite(task, vma);
        vma.modifyFlags(kernel, platform.monitor, task, VmFlags.MIXEDMAP, 0);
    }

    /**
     * {@code insert_page()}.
     *
     * @param mkwrite whether a write fault asks, which wants the entry writable, also if the page is mapped already
     * @return 0, -EINVAL, -ENOMEM, -EBUSY; with {@code mkwrite} -EFAULT if another page is mapped
     */
    int insertPage(Task task, Vma vma, long addr, Page page, long prot, boolean mkwrite) {
        int error = rules.validatePageBeforeInsert(task, vma, page);
        if (error != 0) {
            return error;
        }
        if (platform.config.has(Fault.B70)) {
            return insertAfterUnlockedCheck(task, vma, addr, page, prot);
        }
        if (platform.config.has(Fault.B72)) {
            vma.mm().rss().add(platform.folios.fileCounter(page), 1);
        }
        PageTable table = platform.tables.getLockedPte(task, vma.mm(), addr);
        if (table == null) {
            return -Errno.ENOMEM;
        }
        int result = insertPageIntoPteLocked(task, vma, table, addr, page, prot, mkwrite);
        platform.tables.pteUnlock(task, table);
        return result;
    }

    /** B70: the entry is looked at before the PTL is taken, and not again. */
    private int insertAfterUnlockedCheck(Task task, Vma vma, long addr, Page page, long prot) {
        PageTable early = platform.tables.pteTable(vma.mm(), addr);
        if (early != null && !Pte.isNone(platform.tables.ptepGet(early, addr))) {
            return -Errno.EBUSY;
        }
        PageTable table = platform.tables.getLockedPte(task, vma.mm(), addr);
        if (table == null) {
            return -Errno.ENOMEM;
        }
        install(task, vma, table, addr, page, prot, false);
        platform.tables.pteUnlock(task, table);
        return 0;
    }

    /** {@code vm_mixed_zeropage_allowed()}. */
    boolean vmMixedZeropageAllowed(Task task, Vma vma) {
        return rules.vmMixedZeropageAllowed(task, vma);
    }

    /** {@code insert_page_into_pte_locked()}: PTL held. */
    private int insertPageIntoPteLocked(
            Task task, Vma vma, PageTable table, long addr, Page page, long prot, boolean mkwrite) {
        long old = platform.tables.ptepGet(table, addr);
        if (Pte.isNone(old)) {
            install(task, vma, table, addr, page, prot, mkwrite);
            return 0;
        }
        return mkwrite ? mkwriteMapped(task, vma, table, addr, old, page) : -Errno.EBUSY;
    }

    /**
     * Makes the entry of a page that is mapped already writable. Another page is an error here, where
     * {@code insert_pfn()} gives NOPAGE and lets the CPU fault again (B18).
     */
    private int mkwriteMapped(Task task, Vma vma, PageTable table, long addr, long old, Page page) {
        boolean comparable = Pte.isPresent(old) || platform.config.has(Fault.B17);
        if (!comparable || Pte.pfn(old) != page.pfn()) {
            Warn.on(
                    comparable && !Memory.isZero(Pte.pfn(old)),
                    kernel,
                    task,
                    "insert_page_into_pte_locked",
                    "another frame is mapped");
            return -Errno.EFAULT;
        }
        long entry = Pte.mkyoung(Pte.maybeMkwrite(old, vma.flags(kernel)));
        platform.tables.ptepSetAccessFlags(task, vma, table, addr, entry);
        return 0;
    }

    private void install(Task task, Vma vma, PageTable table, long addr, Page page, long prot, boolean mkwrite) {
        long pte = Pte.make(page.pfn(), prot);
        boolean zeropage = Memory.isZero(page) && platform.config.zeropageUncounted();
        if (zeropage) {
            pte = zeropageEntry(prot);
        } else {
            if (mkwrite) {
                pte = Pte.maybeMkwrite(Pte.mkdirty(Pte.mkyoung(pte)), vma.flags(kernel));
            }
            platform.folios.get(task, page, RefKind.MAP);
            if (!platform.config.has(Fault.B72)) {
                vma.mm().rss().add(platform.folios.fileCounter(page), 1);
            }
            rmap.addFileRmap(task, page);
        }
        platform.tables.install(task, vma, table, addr, pte, !zeropage);
    }

    /**
     * The entry of an uncounted zeropage; its write bit is that of {@code prot}, which {@code ->mmap} may see early.
     */
    long zeropageEntry(long prot) {
        long pte = mkspecial(Pte.make(Memory.ZERO_PFN, prot));
        return platform.config.has(Remedy.F02) ? Pte.wrprotect(pte) : pte;
    }

    /** {@code pte_mkspecial()}: nothing where the bit does not exist. */
    long mkspecial(long pte) {
        return platform.config.pteSpecial() ? Pte.mkspecial(pte) : pte;
    }

    /**
     * {@code vm_insert_pages()}: maps {@code pages} from {@code addr} on, {@link KernelConfig#INSERT_BATCH} per hold of
     * the PTL.
     *
     * @param num in: how many pages; out: how many are not mapped
     * @return 0, or the first error; pages before the one that failed stay mapped
     */
    public int vmInsertPages(Task task, Vma vma, long addr, List<Page> pages, LocalLong num) {
        long endAddr = addr + num.get() * Address.PAGE_SIZE - 1;
        if (addr < vma.start(kernel) || endAddr >= vma.end(kernel)) {
            return -Errno.EFAULT;
        }
        setMixedmap(task, vma, "vm_insert_pages");
        LocalLong stored = new LocalLong(0);
        long asked = num.get();
        int result = insertPages(task, vma, addr, pages, num, stored);
        platform.monitor.batchReturns(task, asked, num.get(), stored.get());
        return result;
    }

    /** {@code insert_pages()}. */
    private int insertPages(Task task, Vma vma, long addr, List<Page> pages, LocalLong num, LocalLong stored) {
        PageTables tables = platform.tables;
        long prot = vma.pageProt(kernel);
        long at = addr;
        int next = 0;
        do {
            PageTable pmd = tables.pmdAlloc(task, vma.mm(), at);
            if (pmd == null) {
                return -Errno.EFAULT;
            }
            long inTable = Math.min(num.get(), (tables.pmdAddrEnd(at, Long.MAX_VALUE) - at) / Address.PAGE_SIZE);
            if (!tables.pteAlloc(task, pmd, at)) {
                return -Errno.ENOMEM;
            }
            while (inTable > 0) {
                long batch = Math.min(inTable, KernelConfig.INSERT_BATCH);
                PageTable table = tables.pteOffsetMapLock(task, pmd, at);
                if (table == null) {
                    return -Errno.EFAULT;
                }
                for (long i = 0; i < batch; i++) {
                    int error = insertPageInBatchLocked(task, vma, table, at, pages.get(next), prot);
                    if (error != 0) {
                        if (platform.config.has(Fault.B69)) {
                            num.add(i - batch);
                        }
                        tables.pteUnlock(task, table);
                        return error;
                    }
                    stored.add(1);
                    num.add(-1);
                    at += Address.PAGE_SIZE;
                    next++;
                }
                tables.pteUnlock(task, table);
                inTable -= batch;
            }
        } while (num.get() > 0);
        return 0;
    }

    /** {@code insert_page_in_batch_locked()}. */
    private int insertPageInBatchLocked(Task task, Vma vma, PageTable table, long addr, Page page, long prot) {
        if (platform.config.series() != Series.AFTER && platform.folios.refCount(page) == 0) {
            return -Errno.EINVAL;
        }
        int error = rules.validatePageBeforeInsert(task, vma, page);
        return error != 0 ? error : insertPageIntoPteLocked(task, vma, table, addr, page, prot, false);
    }
}
