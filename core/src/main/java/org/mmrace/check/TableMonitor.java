package org.mmrace.check;

import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.GupWalk;
import org.mmrace.mm.Mm;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.PageTables;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;
import org.mmrace.mm.Tlb;

/**
 * I29. Exact on any number of threads: a table that is being freed is out of reach, and a lockless walker keeps what it
 * found from being freed.
 */
final class TableMonitor {
    private final Platform platform;
    private final PageTables tables;
    private final Reporter reporter;

    TableMonitor(Platform platform, Reporter reporter) {
        this.platform = platform;
        this.tables = platform.tables();
        this.reporter = reporter;
    }

    void tableFreeing(Task task, PageTable table) {
        if (table.freed().get() != 0) {
            reporter.report(Invariant.I29, task, table + " is freed twice");
        }
        for (int i = 0; i < table.length(); i++) {
            long entry = tables.ptepGet(table, i * Address.PAGE_SIZE);
            if (entry != Pte.NONE) {
                reporter.report(Invariant.I29, task, table + " is freed with entry " + i + ": " + Reporter.hex(entry));
            }
        }
    }

    /**
     * What a TLB has from a table, and the walker of that CPU with it, must be gone before the table is; entries that
     * were filled after it was detached come from another one.
     */
    void tableUnused(Task task, Mm mm, PageTable table, long start, long end, long since) {
        for (Tlb tlb : platform.tlbs()) {
            tlb.forEach(mm, start, end, (addr, pte, stamp) -> {
                if (stamp < since) {
                    reporter.report(
                            Invariant.I29,
                            task,
                            table + " is freed while a TLB has " + Reporter.pte(pte) + " for " + mm + " "
                                    + Reporter.hex(addr) + " from it");
                }
            });
        }
    }

    /**
     * A walker has interrupts off, so its table can neither be freed nor be given out again, nor can its mm give up its
     * share of it; and a table that was detached all the while from the grab to the second look gives no page.
     */
    void tableLeft(Task task, GupWalk walk, long detachments, boolean grabbed) {
        PageTable table = walk.table();
        long handedOn = walk.pmd().handedOn().get();
        if (table.freed().get() != 0 || table.lives().get() != walk.lives()) {
            reporter.report(Invariant.I29, task, table + " was freed under a lockless walker");
        } else if (handedOn == walk.mm().id() && handedOn != walk.handedOn()) {
            String who = "a lockless walker of " + walk.mm();
            reporter.report(Invariant.I29, task, who + " is in shared " + walk.pmd() + ", which it has given up");
        } else if (grabbed && (detachments & 1) != 0 && table.detachments().get() == detachments) {
            reporter.report(Invariant.I29, task, "a lockless walker takes a page through detached " + table);
        }
    }

    void tableWalked(Task task, PageTable table) {
        if (table.freed().get() != 0) {
            reporter.report(Invariant.I29, task, "a lockless walker is in freed " + table);
        }
    }
}
