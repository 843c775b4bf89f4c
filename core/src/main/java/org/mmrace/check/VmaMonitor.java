package org.mmrace.check;

import org.mmrace.fault.VmaLockStyle;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;

/**
 * I31 when a field of a VMA was written, and I08 again when its flags were. Exact on any number of threads: the readers
 * ghost is raised after the lock was got and lowered before it is dropped, so it counts holders only; the tables of the
 * VMA are read under the mmap_lock that has just been seen held for writing.
 */
final class VmaMonitor {
    private final Platform platform;
    private final Kernel kernel;
    private final Reporter reporter;
    private final PteRules rules;

    VmaMonitor(Platform platform, Reporter reporter, PteRules rules) {
        this.platform = platform;
        this.kernel = platform.kernel();
        this.reporter = reporter;
        this.rules = rules;
    }

    void vmaWritten(Task task, Vma vma, String field) {
        if (vma.readers().get() != 0) {
            bad(task, vma, field, "while a reader holds its VMA lock");
        }
        if (task.held().modeOf(vma.mm().mmapLock()) != LockMode.WRITE) {
            bad(task, vma, field, "without mmap_lock for writing; held: " + task.held());
            return;
        }
        if (!platform.vmaLocks().isWriteLocked(vma)
                && platform.config().vmaLock() != VmaLockStyle.NONE
                && vma.mm().tree().all().contains(vma)) {
            bad(task, vma, field, "while it is visible and its VMA lock is not held for writing");
        }
        if (!rules.zeropageMayBeIn(vma)) {
            checkNoZeropage(task, vma);
        }
    }

    /** {@code __anon_vma_prepare()} looks at the neighbours; it is the one change that a reader of the VMA may make. */
    void anonVmaPrepared(Task task, Vma vma) {
        if (task.held().modeOf(vma.mm().mmapLock()) == null) {
            bad(task, vma, "anon_vma", "without mmap_lock; held: " + task.held());
        }
    }

    void mmUsed(Task task, Mm mm) {
        if (mm.freed().get() != 0) {
            reporter.report(Invariant.I31, task, mm + " is used after it was freed");
        }
    }

    /** I09 when the call returns; from then on {@link PteRules} looks at every store. mmap_lock is held. */
    void cowSharingDisabled(Task task, Mm mm) {
        mm.cowSharingDisabled().set(1);
        for (Vma vma : mm.tree().all()) {
            forEachZeropage(vma, (addr, pte) -> rules.checkForbidden(task, vma, addr, pte));
        }
    }

    /** I24: userfaultfd adds data only to a file that the process could write to. */
    void fileFilled(Task task, Vma vma, long addr) {
        long needed = VmFlags.SHARED | VmFlags.MAYWRITE;
        if ((vma.flags(kernel) & needed) != needed) {
            reporter.report(
                    Invariant.I24,
                    task,
                    "userfaultfd adds a page to the file at " + Reporter.at(vma, addr) + ", which is mapped with "
                            + VmFlags.names(vma.flags(kernel)));
        }
    }

    private interface ZeropageVisitor {
        void entry(long addr, long pte);
    }

    private void forEachZeropage(Vma vma, ZeropageVisitor visitor) {
        long pmdSize = platform.tables().pmdSize();
        long end = vma.end(kernel);
        for (long addr = vma.start(kernel); addr < end; ) {
            long next = Math.min((addr / pmdSize + 1) * pmdSize, end);
            PageTable table = platform.tables().pteTable(vma.mm(), addr);
            for (; table != null && addr < next; addr += Address.PAGE_SIZE) {
                long pte = platform.tables().ptepGet(table, addr);
                if (Pte.isPresent(pte) && Memory.isZero(Pte.pfn(pte))) {
                    visitor.entry(addr, pte);
                }
            }
            addr = next;
        }
    }

    private void bad(Task task, Vma vma, String field, String what) {
        reporter.report(Invariant.I31, task, field + " of " + vma.mm() + " " + vma + " is written " + what);
    }

    private void checkNoZeropage(Task task, Vma vma) {
        forEachZeropage(vma, (addr, pte) -> {
            PageTable table = platform.tables().pteTable(vma.mm(), addr);
            boolean counted =
                    table != null && table.counted().get(platform.tables().pteIndex(addr)) != 0;
            rules.check(task, vma, addr, pte, counted, true);
        });
    }
}
