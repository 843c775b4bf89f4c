package org.mmrace.check;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.DaxEntries;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.PageTables;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;
import org.mmrace.mm.RssStat;
import org.mmrace.mm.Tlb;
import org.mmrace.mm.Vma;

/** The part of the audit that walks one address space: its entries, tables, VMAs, counters and TLB entries. */
final class MmAudit {
    private final Platform platform;
    private final Kernel kernel;
    private final PageTables tables;
    private final PteRules rules;
    private final Reporter reporter;
    private final Census census;
    private final long[] resident = new long[RssStat.Counter.values().length];

    MmAudit(Platform platform, PteRules rules, Reporter reporter, Census census) {
        this.platform = platform;
        this.kernel = platform.kernel();
        this.tables = platform.tables();
        this.rules = rules;
        this.reporter = reporter;
        this.census = census;
    }

    void check(Mm mm) {
        java.util.Arrays.fill(resident, 0);
        checkVmas(mm);
        walk(mm);
        for (RssStat.Counter counter : RssStat.Counter.values()) {
            long said = mm.rss().get(counter);
            if (said != resident[counter.ordinal()]) {
                bad(Invariant.I12, mm + " says " + counter + " " + said + ", and maps " + resident[counter.ordinal()]);
            }
        }
        long pending = mm.tlbFlushPending(kernel);
        if (pending != 0) {
            bad(Invariant.I25, mm + " has " + pending + " TLB flushes pending");
        }
        for (Tlb tlb : platform.tlbs()) {
            tlb.forEach(mm, 0, tables.taskSize(), (addr, cached, stamp) -> checkTlbEntry(mm, addr, cached));
        }
    }

    private void checkVmas(Mm mm) {
        for (Vma vma : mm.tree().all()) {
            if (vma.readers().get() != 0) {
                bad(Invariant.I31, mm + " " + vma + " has " + vma.readers().get() + " readers");
            }
            if (vma.isDetached(kernel) || vma.freed().get() != 0) {
                bad(Invariant.I30, mm + " " + vma + " is in the tree, and detached");
            }
        }
    }

    private void walk(Mm mm) {
        long pgdSize = tables.pmdSize() * platform.config().ptrsPerTable();
        for (long addr = 0; addr < tables.taskSize(); ) {
            PageTable pmd = tables.pmdOffset(mm, addr);
            if (pmd == null) {
                addr = (addr / pgdSize + 1) * pgdSize;
                continue;
            }
            if (addr % pgdSize == 0 && !found(mm, pmd)) {
                addr += pgdSize;
                continue;
            }
            PageTable table = tables.pteTable(pmd, addr);
            if (table != null) {
                found(mm, table);
                for (int i = 0; i < table.length(); i++) {
                    long at = addr + i * Address.PAGE_SIZE;
                    long pte = tables.ptepGet(table, at);
                    if (Pte.isPresent(pte)) {
                        checkEntry(mm, at, pte, table.counted().get(i) != 0);
                    }
                }
            }
            addr += tables.pmdSize();
        }
    }

    /** Whether it is seen for the first time, and must be; a shared one is walked once for all who share it. */
    private boolean found(Mm mm, PageTable table) {
        if (census.tables.get(table.id())) {
            if (table.extraSharers(kernel) == 0) {
                bad(Invariant.I29, table + " of " + mm + " is in two places");
            }
            return false;
        }
        census.tables.set(table.id());
        if (table.freed().get() != 0) {
            bad(Invariant.I29, table + " of " + mm + " is free");
        }
        return true;
    }

    private void checkEntry(Mm mm, long addr, long pte, boolean counted) {
        Vma vma = mm.tree().lookup(addr);
        if (vma == null) {
            bad(Invariant.I30, "entry " + Reporter.pte(pte) + " of " + mm + " " + Reporter.hex(addr) + " is in no VMA");
        } else {
            rules.check(null, vma, addr, pte, counted, true);
            checkDax(vma, addr, pte);
        }
        Page page = platform.memory().page(Pte.pfn(pte));
        if (page != null && Pte.isDirty(pte)) {
            census.dirty.set((int) page.pfn());
        }
        if (page != null && page.folio(platform.kernel()).freed().get() != 0) {
            bad(
                    Invariant.I14,
                    "entry " + Reporter.pte(pte) + " of " + mm + " " + Reporter.hex(addr) + " maps a free page");
        }
        if (counted) {
            count(mm, addr, pte, page);
        }
    }

    private void count(Mm mm, long addr, long pte, @Nullable Page page) {
        if (page == null) {
            String where = " of " + mm + " " + Reporter.hex(addr);
            bad(Invariant.I36, "entry " + Reporter.pte(pte) + where + " is counted and has no page");
            return;
        }
        census.countedEntries[(int) page.pfn()]++;
        census.folioEntries[(int) page.folio(platform.kernel()).pfn()]++;
        RssStat.Counter counter = platform.folios().isAnon(page)
                ? RssStat.Counter.ANON
                : platform.folios().isSwapBacked(page) ? RssStat.Counter.SHMEM : RssStat.Counter.FILE;
        if (!Memory.isZero(page) && !platform.folios().isHugetlb(page)) {
            resident[counter.ordinal()]++;
        }
    }

    private void checkDax(Vma vma, long addr, long pte) {
        OpenFile file = vma.file();
        if (file == null || file.mapping().kind() != AddressSpace.Kind.FSDAX || !Memory.isZero(Pte.pfn(pte))) {
            return;
        }
        int index = (int) vma.pgoffOf(kernel, addr);
        long entry = index < file.mapping().capacity() ? file.mapping().entry(index) : DaxEntries.ABSENT;
        if (DaxEntries.isPfn(entry)) {
            String where = Reporter.at(vma, addr) + " maps " + Reporter.pte(pte);
            bad(Invariant.I27, where + ", but entry " + index + " names pfn " + DaxEntries.pfn(entry));
        }
    }

    /** More restrictive than the entry is legal, and old dirty bits too. */
    private void checkTlbEntry(Mm mm, long addr, long cached) {
        PageTable table = tables.pteTable(mm, addr);
        long pte = table == null ? Pte.NONE : tables.ptepGet(table, addr);
        if (FlushDebts.allowsMore(cached, pte)) {
            String where = mm + " " + Reporter.hex(addr);
            bad(
                    Invariant.I25,
                    "a TLB has " + Reporter.pte(cached) + " for " + where + ", which is " + Reporter.pte(pte));
        }
    }

    private void bad(Invariant invariant, String message) {
        reporter.report(invariant, null, message);
    }
}
