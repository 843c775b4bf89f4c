package org.mmrace.mm;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * Page tables that MADV_DONTNEED has emptied are freed while their VMA lives on (mm/pt_reclaim.c, 6.14 and later with
 * {@code CONFIG_PT_RECLAIM}). From then on whoever takes the lock of a table must look again whether it still is one.
 */
final class PtReclaim {
    private final Platform platform;
    private final Kernel kernel;

    PtReclaim(Platform platform) {
        this.platform = platform;
        this.kernel = platform.kernel;
    }

    /** {@code reclaim_pt_is_enabled()}: tables that the range covers whole only, as others may not be empty. */
    boolean isEnabled(long start, long end) {
        return platform.config.ptReclaim() && end - start >= platform.tables.pmdSize();
    }

    /**
     * {@code try_to_free_pte()}: detaches the table of PTEs at {@code addr} if it is empty and hands it to
     * {@code gather}, which frees it by RCU. The kernel's other way, {@code try_get_and_clear_pmd()} under the PTL that
     * the zap still holds, ends the same and needs a trylock; it is left out.
     */
    void tryToFreePte(Task task, MmuGather gather, PageTable pmd, long addr) {
        PageTables tables = platform.tables;
        kernel.spinLock(task, pmd.pmdLock);
        PageTable table = tables.pteTable(pmd, addr);
        boolean cleared = false;
        if (table != null) {
            kernel.spinLock(task, table.ptl);
            cleared = table.isEmpty(kernel);
            if (cleared) {
                tables.pmdClear(pmd, table, addr);
            }
            kernel.spinUnlock(task, table.ptl);
        }
        kernel.spinUnlock(task, pmd.pmdLock);
        if (table != null && cleared) {
            gather.freeTable(table, addr / tables.pmdSize() * tables.pmdSize(), tables.pmdSize());
        }
    }
}
