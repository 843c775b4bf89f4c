package org.mmrace.mm;

import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/** Reading, storing and clearing the entries of one table of PTEs (include/linux/pgtable.h). */
abstract sealed class PteAccess permits PageTables {
    private final Kernel kernel;
    private final MmMonitor monitor;
    private final int entries;
    private final boolean debugVm;

    PteAccess(Kernel kernel, KernelConfig config, MmMonitor monitor) {
        this.kernel = kernel;
        this.monitor = monitor;
        this.entries = config.ptrsPerTable();
        this.debugVm = config.debugVm();
    }

    /** The index of {@code addr} in its table of PTEs. */
    public int pteIndex(long addr) {
        return (int) (addr >>> Address.PAGE_SHIFT) & entries - 1;
    }

    /** {@code ptep_get()}: one atomic read. */
    public long ptepGet(PageTable table, long addr) {
        return kernel.readOnce(table.entries, pteIndex(addr));
    }

    /**
     * {@code set_pte_at()}: PTL held; the old entry must not be one that hardware may change meanwhile. powerpc warns
     * of that when debugging, and so does the model.
     */
    void setPteAt(Task task, Vma vma, PageTable table, long addr, long pte) {
        long old = store(task, vma, table, addr, pte);
        Warn.on(debugVm && Pte.isAccessible(old), kernel, task, "set_pte_at", "the entry was valid");
    }

    /**
     * {@code ptep_set_access_flags()}: PTL held; {@code pte} is the present entry with more rights or marks, so what
     * hardware sets meanwhile is in it. Whether anything changed. Stale TLB entries cause spurious faults at most.
     */
    boolean ptepSetAccessFlags(Task task, Vma vma, PageTable table, long addr, long pte) {
        if (kernel.readOnce(table.entries, pteIndex(addr)) == pte) {
            return false;
        }
        store(task, vma, table, addr, pte);
        return true;
    }

    private long store(Task task, Vma vma, PageTable table, long addr, long pte) {
        int i = pteIndex(addr);
        long old = kernel.readOnce(table.entries, i);
        monitor.pteChanging(task, vma, addr);
        kernel.writeOnce(table.entries, i, pte);
        monitor.pteChanged(task, vma, table, addr, old, pte);
        return old;
    }

    /**
     * {@link #setPteAt} of what the caller has cleared under the same hold of the PTL, with no more rights than before:
     * for that the VMA need not be stable.
     */
    void restorePteAt(Task task, Vma vma, PageTable table, long addr, long pte) {
        monitor.pteChanging(task, vma, addr);
        kernel.writeOnce(table.entries, pteIndex(addr), pte);
        monitor.pteRestored(task, vma, table, addr, pte);
    }

    /**
     * {@link #setPteAt} into an empty entry; {@code counted} says whether the caller counts the page for this mapping.
     */
    void install(Task task, Vma vma, PageTable table, long addr, long pte, boolean counted) {
        table.counted().set(pteIndex(addr), counted ? 1 : 0);
        store(task, vma, table, addr, pte);
    }

    /**
     * An entry is gone for good; {@code counted} says how the caller classified it, which must be as at its
     * installation.
     */
    void removed(Task task, Vma vma, PageTable table, long addr, long pte, boolean counted) {
        boolean before = table.counted().get(pteIndex(addr)) != 0;
        if (before != counted) {
            monitor.classifiedOtherwise(task, vma, addr, pte, before);
        }
    }

    /**
     * {@code ptep_get_and_clear()}: PTL held; atomic against hardware that sets young and dirty. Gives the old entry.
     */
    long ptepGetAndClear(Task task, Vma vma, PageTable table, long addr) {
        monitor.pteChanging(task, vma, addr);
        long old = kernel.xchg(table.entries, pteIndex(addr), Pte.NONE);
        table.huge().set(0);
        monitor.pteChanged(task, vma, table, addr, old, Pte.NONE);
        return old;
    }

    /** {@code ptep_set_wrprotect()}: PTL held; atomic against hardware. */
    void ptepSetWrprotect(Task task, Vma vma, PageTable table, long addr) {
        int i = pteIndex(addr);
        monitor.pteChanging(task, vma, addr);
        while (true) {
            long old = kernel.readOnce(table.entries, i);
            if (kernel.cmpxchg(table.entries, i, old, Pte.wrprotect(old))) {
                monitor.pteChanged(task, vma, table, addr, old, Pte.wrprotect(old));
                return;
            }
        }
    }

    /** What the hardware walker does: sets young and dirty by an atomic update that fails if the entry changed. */
    boolean hardwareUpdate(PageTable table, long addr, long old, long pte) {
        return old == pte || kernel.cmpxchg(table.entries, pteIndex(addr), old, pte);
    }
}
