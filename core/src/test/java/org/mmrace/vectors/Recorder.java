package org.mmrace.vectors;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Mm;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.Vma;

/** Writes down what a machine prints, locks and stores, and lets another task act in the middle of an operation. */
final class Recorder implements KernelLog, LockObserver, MmMonitor, RetryWatch {
    /** Where another task can come in. */
    enum Moment {
        /** A page-table lock is about to be taken. */
        BEFORE_PTL,
        /** A page-table entry is about to be stored or cleared. */
        BEFORE_STORE,
        /** A page table is about to be freed, or handed to RCU for that. */
        TABLE_UNUSED,
        /** A page-table lock has been dropped. */
        AFTER_PTL,
        /** fork has found an anonymous page not to be pinned, and not yet write-protected its entry. */
        ANON_SHARED,
        /** GUP has faulted a page in, and is about to look again. */
        RETRY,
        /** The data of a frame has been written. */
        DATA_WRITTEN,
        /** The list of the VMAs that map a file has been let go. */
        AFTER_I_MMAP
    }

    private final List<String> warnings = new ArrayList<>();
    private final List<LockClass> locks = new ArrayList<>();
    private final List<Integer> storesPerPtl = new ArrayList<>();
    private int badPtes;
    private @Nullable Moment moment;
    private @Nullable Runnable other;
    private RetryWatch retryWatch = RetryWatch.NONE;

    /** Runs {@code action} the next time that {@code when} comes, once. */
    void interrupt(Moment when, Runnable action) {
        moment = when;
        other = action;
    }

    /** Sends retries to {@code watch} as well. */
    void watchRetries(RetryWatch watch) {
        retryWatch = watch;
    }

    /** The functions that warned since the last call. */
    List<String> takeWarnings() {
        List<String> taken = List.copyOf(warnings);
        warnings.clear();
        return taken;
    }

    /** Forgets what was locked. */
    void forgetLocks() {
        locks.clear();
        storesPerPtl.clear();
    }

    /** The classes of the locks taken, in order. */
    List<LockClass> locks() {
        return List.copyOf(locks);
    }

    /** For each time that a page-table lock was taken, how many entries were stored under it. */
    List<Integer> storesPerPtl() {
        return List.copyOf(storesPerPtl);
    }

    /** How many entries the kernel could not classify. */
    int badPtes() {
        return badPtes;
    }

    private void reached(Moment now) {
        Runnable action = other;
        if (now == moment && action != null) {
            other = null;
            action.run();
        }
    }

    @Override
    public void warn(Task task, String function, String what) {
        warnings.add(function);
    }

    @Override
    public void bug(Task task, String function, String what) {}

    @Override
    public void badPte(Task task, long pte, long addr) {
        badPtes++;
    }

    @Override
    public void acquiring(Task task, Lockable lock, LockMode mode, boolean trylock) {
        locks.add(lock.lockClass());
        if (lock.lockClass() == LockClass.PTL) {
            reached(Moment.BEFORE_PTL);
            storesPerPtl.add(0);
        }
    }

    @Override
    public void released(Task task, Lockable lock) {
        if (lock.lockClass() == LockClass.PTL) {
            reached(Moment.AFTER_PTL);
        }
        if (lock.lockClass() == LockClass.I_MMAP) {
            reached(Moment.AFTER_I_MMAP);
        }
    }

    @Override
    public void pteChanging(Task task, Vma vma, long addr) {
        reached(Moment.BEFORE_STORE);
    }

    @Override
    public void tableUnused(Task task, Mm mm, PageTable table, long start, long end, long since) {
        reached(Moment.TABLE_UNUSED);
    }

    @Override
    public void pteRestored(Task task, Vma vma, PageTable table, long addr, long pte) {
        int last = storesPerPtl.size() - 1;
        storesPerPtl.set(last, storesPerPtl.get(last) + 1);
    }

    @Override
    public void pteChanged(Task task, Vma vma, PageTable table, long addr, long old, long pte) {
        int last = storesPerPtl.size() - 1;
        storesPerPtl.set(last, storesPerPtl.get(last) + 1);
    }

    @Override
    public void exclusiveChanged(Task task, Page page, boolean exclusive) {
        if (!exclusive) {
            reached(Moment.ANON_SHARED);
        }
    }

    @Override
    public void contentsWritten(Task task, long pfn, long value) {
        reached(Moment.DATA_WRITTEN);
    }

    @Override
    public void retrying(Task task, int turn) {
        reached(Moment.RETRY);
        retryWatch.retrying(task, turn);
    }
}
