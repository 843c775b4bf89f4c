package org.mmrace.check;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.HeldLocks;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;
import org.mmrace.mm.Vma;

/**
 * Every store to a page-table entry: the rules of entries (I04 to I08, I19, I24), I14, I29 and the lock sets of I30.
 * Exact on any number of threads: the hook runs under the PTL, and what it reads of the VMA is stable by the locks that
 * it has just checked.
 */
final class PteMonitor {
    private final Platform platform;
    private final Kernel kernel;
    private final Reporter reporter;
    private final PteRules rules;
    private final FrameGhosts frames;
    private final DaxMonitor dax;

    PteMonitor(Platform platform, Reporter reporter, PteRules rules, FrameGhosts frames, DaxMonitor dax) {
        this.platform = platform;
        this.kernel = platform.kernel();
        this.reporter = reporter;
        this.rules = rules;
        this.frames = frames;
        this.dax = dax;
    }

    void pteChanged(Task task, Vma vma, PageTable table, long addr, long old, long pte) {
        boolean vmaStable = stored(task, vma, table, addr, old, pte);
        if (!Pte.isPresent(pte)) {
            checkNotPresent(task, vma, addr, pte);
            return;
        }
        if (!Pte.isPresent(old)) {
            installed(task, vma, addr, pte, task.held().modeOf(vma.mm().mmapLock()), vmaStable);
        }
        boolean counted = table.counted().get(platform.tables().pteIndex(addr)) != 0;
        rules.check(task, vma, addr, pte, counted, vmaStable);
    }

    private void checkNotPresent(Task task, Vma vma, long addr, long pte) {
        if (Pte.isMigration(pte) && (Pte.isYoung(pte) || Pte.isDirty(pte))) {
            String what = "a migration entry is marked as if it were present, at " + Reporter.at(vma, addr);
            reporter.report(Invariant.I37, task, what);
        }
    }

    /** An entry is back that the task has cleared under the same hold of the PTL: nothing is installed. */
    void pteRestored(Task task, Vma vma, PageTable table, long addr, long pte) {
        boolean vmaStable = stored(task, vma, table, addr, Pte.NONE, pte);
        boolean counted = table.counted().get(platform.tables().pteIndex(addr)) != 0;
        rules.check(task, vma, addr, pte, counted, vmaStable);
    }

    /** What holds of every store; whether mmap_lock or the VMA lock keeps the VMA stable. */
    private boolean stored(Task task, Vma vma, PageTable table, long addr, long old, long pte) {
        frames.entryChanged(old, pte);
        if (table.freed().get() != 0) {
            reporter.report(Invariant.I29, task, change(vma, addr, old, pte) + " written to freed " + table);
        }
        if (table.isDetached() && Pte.isPresent(pte)) {
            reporter.report(Invariant.I29, task, change(vma, addr, old, pte) + " written to detached " + table);
        }
        if (table.huge().get() != 0 && Pte.isPresent(pte)) {
            reporter.report(
                    Invariant.I29, task, change(vma, addr, old, pte) + " written under the huge entry " + table);
        }
        HeldLocks held = task.held();
        boolean vmaStable = held.modeOf(vma.mm().mmapLock()) != null || held.modeOf(vma) != null;
        boolean byRmap = held.modeOf(LockClass.I_MMAP) != null || held.modeOf(LockClass.ANON_VMA) != null;
        if (!vmaStable && !byRmap) {
            bad(task, vma, addr, old, pte, "without mmap_lock, VMA lock, i_mmap_rwsem or the lock of its anon_vma");
        }
        if (held.modeOf(table.ptl()) == null) {
            bad(task, vma, addr, old, pte, "without " + table.ptl());
        }
        if (vma.freed().get() != 0) {
            bad(task, vma, addr, old, pte, "on behalf of a VMA that was freed");
        }
        return vmaStable;
    }

    private void installed(Task task, Vma vma, long addr, long pte, @Nullable LockMode mmap, boolean vmaStable) {
        if (!vmaStable) {
            bad(task, vma, addr, Pte.NONE, pte, "without mmap_lock or VMA lock");
        } else if (!vma.contains(kernel, addr)) {
            bad(task, vma, addr, Pte.NONE, pte, "outside the VMA");
        } else if (vma.isDetached(kernel)) {
            bad(task, vma, addr, Pte.NONE, pte, "in a detached VMA");
        }
        Page page = platform.memory().page(Pte.pfn(pte));
        if (page != null && page.freed().get() != 0) {
            reporter.report(Invariant.I14, task, change(vma, addr, Pte.NONE, pte) + " maps a free page");
        }
        if (vmaStable && mmap != LockMode.WRITE && Memory.isZero(Pte.pfn(pte))) {
            dax.zeropageInstalled(task, vma, addr);
        }
    }

    private void bad(Task task, Vma vma, long addr, long old, long pte, String what) {
        reporter.report(Invariant.I30, task, change(vma, addr, old, pte) + " " + what + "; held: " + task.held());
    }

    private static String change(Vma vma, long addr, long old, long pte) {
        return "entry " + Reporter.pte(old) + " -> " + Reporter.pte(pte) + " at " + Reporter.at(vma, addr);
    }
}
