package org.mmrace.check;

import java.util.List;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.DaxEntries;
import org.mmrace.mm.Memory;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;
import org.mmrace.mm.RefKind;
import org.mmrace.mm.Vma;

/**
 * I27 and I28: what maps a page of an FSDAX file.
 *
 * <p>Exact on any number of threads. A fault installs the zeropage only under the entry lock, and only while the entry
 * does not name a frame; both are seen at the installation. When an entry is unlocked the VMAs of the file are walked
 * under i_mmap_rwsem, which keeps them and their page tables, and with inode lock, which keeps write(2) out: between
 * deleting an entry and unmapping the page write(2) breaks the rule for a moment, as the kernel does. Both locks are
 * tried only; who does not get them does not look.
 */
final class DaxMonitor {
    private final Platform platform;
    private final Kernel kernel;
    private final Reporter reporter;

    DaxMonitor(Platform platform, Reporter reporter) {
        this.platform = platform;
        this.kernel = platform.kernel();
        this.reporter = reporter;
    }

    /** A fault has mapped the zeropage in {@code vma}. */
    void zeropageInstalled(Task task, Vma vma, long addr) {
        OpenFile file = vma.file();
        if (file == null || file.mapping().kind() != AddressSpace.Kind.FSDAX) {
            return;
        }
        int index = (int) vma.pgoffOf(kernel, addr);
        if (task.held().modeOf(LockClass.DAX_ENTRY) == null) {
            reporter.report(
                    Invariant.I27,
                    task,
                    "the zeropage is mapped at " + Reporter.at(vma, addr) + " without the lock of entry " + index);
        } else if (DaxEntries.isPfn(file.mapping().entry(index))) {
            reporter.report(
                    Invariant.I27,
                    task,
                    "the zeropage is mapped at " + Reporter.at(vma, addr) + ", but entry " + index + " names pfn "
                            + DaxEntries.pfn(file.mapping().entry(index)));
        }
    }

    void entryUnlocking(Task task, AddressSpace mapping, int index, long entry) {
        if (!DaxEntries.isPfn(entry) || task.held().modeOf(LockClass.I_MMAP) != null) {
            return;
        }
        if (!kernel.downReadTrylock(task, mapping.inodeLock())) {
            return;
        }
        if (kernel.downReadTrylock(task, mapping.iMmapRwsem())) {
            for (Vma vma : mapping.iMmap()) {
                long pte = entryOf(task, vma, index);
                if (Pte.isPresent(pte) && Memory.isZero(Pte.pfn(pte))) {
                    reporter.report(
                            Invariant.I27,
                            task,
                            "entry " + index + " of " + mapping + " names pfn " + DaxEntries.pfn(entry) + ", but "
                                    + vma.mm() + " " + vma + " maps " + Reporter.pte(pte));
                }
            }
            kernel.upRead(task, mapping.iMmapRwsem());
        }
        kernel.upRead(task, mapping.inodeLock());
    }

    /** I28: the caller holds the invalidate lock for writing, so no fault brings back what it has unmapped. */
    void blocksFreeing(Task task, AddressSpace mapping, long first, long count) {
        boolean mine = task.held().modeOf(LockClass.I_MMAP) != null;
        if (!mine && !kernel.downReadTrylock(task, mapping.iMmapRwsem())) {
            return;
        }
        List<Vma> vmas = mapping.iMmap();
        for (int index = (int) first; index < first + count; index++) {
            long pfn = mapping.block(index) >>> 1;
            Page page = pfn == 0 ? null : platform.memory().page(pfn);
            if (page != null) {
                blockFreeing(task, mapping, index, page, vmas);
            }
        }
        if (!mine) {
            kernel.upRead(task, mapping.iMmapRwsem());
        }
    }

    private void blockFreeing(Task task, AddressSpace mapping, int index, Page page, List<Vma> vmas) {
        String block = "block " + index + " of " + mapping + ", " + page + ", is freed ";
        for (Vma vma : vmas) {
            long pte = entryOf(task, vma, index);
            if (Pte.isPresent(pte) && Pte.pfn(pte) == page.pfn()) {
                reporter.report(
                        Invariant.I28, task, block + "while " + vma.mm() + " " + vma + " maps " + Reporter.pte(pte));
            }
        }
        long held = page.refs(RefKind.GET).get() + page.refs(RefKind.PIN).get();
        if (held > kernel.cpus()) { // each CPU may be about to give one back in GUP-fast
            reporter.report(Invariant.I28, task, block + "with " + held + " gets and pins");
        }
    }

    /** The entry of {@code vma} for page {@code index} of its file; i_mmap_rwsem keeps the VMA, RCU the table. */
    private long entryOf(Task task, Vma vma, int index) {
        long addr = vma.start(kernel) + (index - vma.pgoff(kernel)) * Address.PAGE_SIZE;
        if (!vma.contains(kernel, addr)) {
            return Pte.NONE;
        }
        kernel.rcuReadLock(task);
        PageTable table = platform.tables().pteTable(vma.mm(), addr);
        long pte = table == null ? Pte.NONE : platform.tables().ptepGet(table, addr);
        kernel.rcuReadUnlock(task);
        return pte;
    }
}
