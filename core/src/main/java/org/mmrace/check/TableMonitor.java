package org.mmrace.check;

import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.PageTables;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;

/**
 * I29. Exact on any number of threads: a table that is being freed is out of reach, and a lockless walker keeps what it
 * found from being freed.
 */
final class TableMonitor {
    private final PageTables tables;
    private final Reporter reporter;

    TableMonitor(Platform platform, Reporter reporter) {
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

    void tableWalked(Task task, PageTable table) {
        if (table.freed().get() != 0) {
            reporter.report(Invariant.I29, task, "a lockless walker is in freed " + table);
        }
    }
}
