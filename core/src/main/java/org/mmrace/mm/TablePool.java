package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** The memory that page tables are made of: as many as a machine may have at a time, each with a number from 1 on. */
final class TablePool {
    private final MmMonitor monitor;
    private final Memory memory;
    private final PageTable[] tables;
    private final FreeList free;

    TablePool(Kernel kernel, MmMonitor monitor, Memory memory, int length, int tableCount) {
        this.monitor = monitor;
        this.memory = memory;
        this.tables = new PageTable[tableCount];
        this.free = new FreeList(kernel, "tables", tableCount);
        for (int id = tableCount - 1; id > 0; id--) {
            tables[id] = new PageTable(id, length);
            tables[id].freed().set(1);
            free.addAtBoot(id);
        }
    }

    /** Tells the names of the cells of all tables. */
    void nameCells(CellNames names) {
        free.nameCells(names, "tables");
        for (int id = 1; id < tables.length; id++) {
            tables[id].nameCells(names);
        }
    }

    /** The table of this number. */
    PageTable get(int id) {
        return tables[id];
    }

    /** {@code pagetable_alloc()}: an empty table; null when none is left. */
    @Nullable
    PageTable alloc(Task task) {
        if (memory.allocationFails()) {
            return null;
        }
        long id = free.take(task);
        if (id == FreeList.NO_FRAME) {
            return null;
        }
        PageTable table = tables[(int) id];
        table.lives().add(1);
        table.detachments().set(0);
        table.handedOn().set(0);
        table.freed().set(0);
        return table;
    }

    /** {@code pagetable_free()}. */
    void free(Task task, PageTable table) {
        monitor.tableFreeing(task, table);
        table.freed().set(1);
        free.give(task, table.id());
    }

    /** How many are in use. */
    long live() {
        long count = 0;
        for (int id = 1; id < tables.length; id++) {
            count += 1 - tables[id].freed().get();
        }
        return count;
    }
}
