package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Bug;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/** {@code get_user_pages_fast()} (mm/gup.c): walks page tables with interrupts off and without a lock. */
public final class GupFast {
    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Gup gup;
    private final FollowPage followPage;

    GupFast(Platform platform, TlbFlush tlbFlush, Gup gup, FollowPage followPage) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.gup = gup;
        this.followPage = followPage;
    }

    /**
     * {@code gup_fast_fallback()}: what the lockless walk cannot get, the slow path does, unless
     * {@link GupFlags#FAST_ONLY}.
     *
     * @return how many pages were got, else a negative errno
     */
    public int getUserPagesFast(Task task, Mm mm, long start, int count, int flags, List<Page> pages) {
        if (Warn.on(!GupFlags.valid(flags), kernel, task, "gup_fast_fallback", "flags " + flags)) {
            return -Errno.EINVAL;
        }
        if ((flags & GupFlags.PIN) != 0) {
            gup.setHasPinned(mm);
        }
        long from = Address.pageStart(start);
        long end = from + count * Address.PAGE_SIZE;
        if (end < from) {
            return -Errno.EOVERFLOW;
        }
        if (end > platform.tables.taskSize()) {
            return -Errno.EFAULT;
        }
        int got = gupFast(task, mm, from, end, flags, pages);
        if (got == count || (flags & GupFlags.FAST_ONLY) != 0) {
            return got;
        }
        kernel.downRead(task, mm.mmapLock);
        int slow = gup.gupLongtermLocked(
                task,
                mm,
                from + got * Address.PAGE_SIZE,
                count - got,
                flags | GupFlags.TOUCH | GupFlags.UNLOCKABLE,
                pages);
        kernel.upRead(task, mm.mmapLock);
        return slow < 0 ? got > 0 ? got : slow : got + slow;
    }

    /** {@code gup_fast()}: pins taken while fork write-protects are given back. */
    private int gupFast(Task task, Mm mm, long start, long end, int flags, List<Page> pages) {
        if (!platform.config.gupFast()) {
            return 0;
        }
        boolean pin = (flags & GupFlags.PIN) != 0;
        boolean fenced = pin && !platform.config.has(Fault.B25);
        long seq = 0;
        if (fenced) {
            seq = kernel.rawReadSeqcount(mm.writeProtectSeq);
            if ((seq & 1) != 0) {
                return 0;
            }
        }
        List<Page> got = new ArrayList<>();
        tlbFlush.switchMm(task.cpu(), mm); // mm is current->mm
        kernel.localIrqSave(task);
        long addr = start;
        while (addr < end) {
            Page page = gupFastPte(task, mm, addr, flags);
            if (page == null) {
                break;
            }
            got.add(page);
            addr += Address.PAGE_SIZE;
        }
        kernel.localIrqRestore(task);
        if (fenced && kernel.readSeqcountRetry(mm.writeProtectSeq, seq)) {
            got.forEach(page -> platform.folios.unpin(task, page));
            return 0;
        }
        for (int i = 0; i < got.size(); i++) {
            sanityCheckPinned(task, got.get(i), flags);
            platform.monitor.gupReturns(task, mm, null, start + i * Address.PAGE_SIZE, flags, got.get(i));
        }
        pages.addAll(got);
        return got.size();
    }

    /** {@code sanity_check_pinned_pages()}. */
    private void sanityCheckPinned(Task task, Page page, int flags) {
        Bug.on(
                (flags & GupFlags.PIN) != 0
                        && !Memory.isZero(page)
                        && platform.folios.isAnon(page)
                        && !platform.folios.isAnonExclusive(page)
                        && !platform.config.has(Fault.B25)
                        && !platform.config.has(Fault.B23),
                kernel,
                task,
                "sanity_check_pinned_pages",
                "a pinned anonymous page is not exclusive");
    }

    /** {@code gup_fast_pte_range()} for one entry: the page, or null to stop. Interrupts off. */
    private @Nullable Page gupFastPte(Task task, Mm mm, long addr, int flags) {
        PageTables tables = platform.tables;
        if (!platform.config.pteSpecial()) {
            return null;
        }
        PageTable pmd = tables.pmdOffset(mm, addr);
        long handedOn = pmd == null ? 0 : pmd.handedOn().get();
        PageTable table = pmd == null ? null : tables.pteTable(pmd, addr);
        if (pmd == null || table == null) {
            return null;
        }
        GupWalk walk = GupWalk.at(mm, pmd, table, handedOn);
        platform.monitor.tableWalked(task, table);
        Page page = grabEntry(task, walk, addr, flags);
        if (page == null) {
            platform.monitor.tableLeft(task, walk, 0, false);
        }
        return page;
    }

    /** One entry of the table that the walk has come to: the page, or null to stop. */
    private @Nullable Page grabEntry(Task task, GupWalk walk, long addr, int flags) {
        PageTables tables = platform.tables;
        PageTable table = walk.table();
        long pte = tables.ptepGet(table, addr);
        boolean write = (flags & GupFlags.WRITE) != 0;
        if (!Pte.isAccessible(pte) || (write && !Pte.isWritable(pte))) {
            return null;
        }
        boolean devmap = Pte.isDevmap(pte);
        if (devmap ? (flags & GupFlags.LONGTERM) != 0 : Pte.isSpecial(pte)) {
            return null;
        }
        Page page = platform.memory.page(Pte.pfn(pte));
        if (page == null) {
            return null;
        }
        long lives = page.lives().get();
        if (!tryGrab(task, page, flags)) {
            return null;
        }
        long detachments = table.detachments().get();
        boolean sameTable = platform.config.has(Fault.B32) || tables.pteTable(walk.pmd(), addr) == table;
        boolean same = sameTable && tables.ptepGet(table, addr) == pte;
        if ((!same && !platform.config.has(Fault.B30))
                || !folioAllowed(task, page, flags, devmap)
                || (!Pte.isWritable(pte) && followPage.mustUnshare(null, flags, page))) {
            undo(task, page, flags);
            return null;
        }
        platform.monitor.tableLeft(task, walk, detachments, true);
        platform.monitor.gupFastGrabbed(task, walk.mm(), addr, page, lives, same);
        return page;
    }

    /** {@code try_grab_folio_fast()}: pins of the zeropage are not counted. */
    private boolean tryGrab(Task task, Page page, int flags) {
        Folios folios = platform.folios;
        if ((flags & GupFlags.PIN) == 0) {
            return grab(task, page, RefKind.GET, 1);
        }
        if (!folios.countsPins(page)) {
            return true;
        }
        boolean pinned = grab(task, page, RefKind.PIN, Page.PIN_BIAS);
        // folio_is_longterm_pinnable(): a truncation of the DAX file could not wait so long
        if (pinned && (flags & GupFlags.LONGTERM) != 0 && folios.isDevmap(page)) {
            undo(task, page, flags);
            return false;
        }
        if (pinned) {
            kernel.smpMb();
        }
        return pinned && folios.refCount(page) > 0;
    }

    /**
     * {@code try_get_folio()}: the page may have left its folio before the folio was held; that happens once at most.
     */
    private boolean grab(Task task, Page page, RefKind kind, long count) {
        while (true) {
            Page folio = page.folio(kernel);
            if (!tryAdd(task, folio, kind, count)) {
                return false;
            }
            if (page.folio(kernel) == folio || platform.config.has(Fault.B29)) {
                return true;
            }
            platform.folios.undo(task, folio, kind, count);
        }
    }

    /** {@code folio_ref_try_add()}. */
    private boolean tryAdd(Task task, Page folio, RefKind kind, long count) {
        Folios folios = platform.folios;
        if (platform.config.has(Fault.B31)) {
            folios.addUnconditionally(task, folio, kind, count);
            return true;
        }
        boolean overflown = folios.refCount(folio) < 0 && !platform.config.has(Fault.B28);
        if (Warn.on(overflown, kernel, task, "try_get_folio", "negative reference count")) {
            return false;
        }
        return folios.tryGet(task, folio, kind, count);
    }

    private void undo(Task task, Page page, int flags) {
        if ((flags & GupFlags.PIN) != 0) {
            platform.folios.unpin(task, page);
        } else {
            platform.folios.put(task, page, RefKind.GET);
        }
    }

    /** {@code gup_fast_folio_allowed()}. */
    private boolean folioAllowed(Task task, Page page, int flags, boolean devmap) {
        boolean rejectFileBacked = GupFlags.all(flags, GupFlags.PIN | GupFlags.LONGTERM | GupFlags.WRITE)
                && !platform.config.has(Fault.B36);
        boolean checkSecretmem = platform.config.secretmem();
        if (platform.config.has(Fault.B35) && !platform.folios.test(page, Page.LRU)) {
            checkSecretmem = false; // "secretmem pages are on an LRU list", which they are in the end
        }
        if (devmap || (!rejectFileBacked && !checkSecretmem)) {
            return true;
        }
        if (Warn.on(platform.folios.test(page, Page.SLAB), kernel, task, "gup_fast_folio_allowed", "slab")) {
            return false;
        }
        if (platform.folios.isAnon(page)) {
            return true;
        }
        AddressSpace mapping = kernel.rcuDereference(page.folio(kernel).mapping);
        if (mapping == null || (checkSecretmem && mapping.isSecretmem())) {
            return false;
        }
        return !rejectFileBacked || mapping.isShmem();
    }
}
