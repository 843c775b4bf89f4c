package org.mmrace.mm;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;

/** Loads and stores of a CPU in user mode: through its TLB, by hardware walks, with page faults. */
public final class UserAccess {
    /** How an access ended. */
    public enum Outcome {
        /** The data was read or written. */
        DONE,
        /** SIGSEGV. */
        SIGSEGV,
        /** SIGBUS. */
        SIGBUS,
        /** The kernel ran out of memory. */
        OOM,
        /** The task was killed while it faulted again and again. */
        KILLED
    }

    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final PageFault pageFault;

    UserAccess(Platform platform, TlbFlush tlbFlush, PageFault pageFault) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.pageFault = pageFault;
    }

    /** Loads what the page of {@code addr} holds into {@code value}. */
    public Outcome load(Task task, Mm mm, long addr, LocalLong value) {
        return access(task, mm, addr, false, value);
    }

    /** Stores {@code value} to the page of {@code addr}. */
    public Outcome store(Task task, Mm mm, long addr, long value) {
        return access(task, mm, addr, true, new LocalLong(value));
    }

    private Outcome access(Task task, Mm mm, long addr, boolean write, LocalLong value) {
        long page = Address.pageStart(addr);
        LocalLong present = new LocalLong(0);
        for (int turn = 1; !instruction(task, mm, page, write, value, present); turn++) {
            int result = pageFault.doUserAddrFault(task, mm, page, write, present.get() != 0);
            kernel.noteContextSwitch(task);
            if ((result & FaultResult.SIGSEGV) != 0) {
                return Outcome.SIGSEGV;
            }
            if ((result & FaultResult.SIGBUS) != 0) {
                return Outcome.SIGBUS;
            }
            if ((result & FaultResult.OOM) != 0) {
                return Outcome.OOM;
            }
            kernel.condResched(task, turn);
            if (task.fatalSignalPending()) {
                return Outcome.KILLED;
            }
        }
        return Outcome.DONE;
    }

    /**
     * One load or store. No interrupt is taken in its middle: a TLB flush by another CPU waits for it.
     *
     * @param present out: for a fault, whether the entry was present
     * @return whether it was done; false is a page fault
     */
    private boolean instruction(Task task, Mm mm, long page, boolean write, LocalLong value, LocalLong present) {
        kernel.instructionBegin(task);
        tlbFlush.switchMm(task.cpu(), mm);
        Tlb tlb = platform.tlbs.get(task.cpu());
        long entry = tlb.lookup(mm, page);
        boolean hit = Pte.isAccessible(entry) && (!write || (Pte.isWritable(entry) && Pte.isDirty(entry)));
        if (hit) {
            platform.monitor.tlbHit(task, mm, page, entry);
        }
        if (!hit) {
            entry = walk(mm, page, write, present);
            hit = !Pte.isNone(entry);
            if (hit) {
                tlb.fill(mm, page, entry);
                platform.monitor.tlbFilled(task, Pte.pfn(entry));
            }
        }
        if (hit) {
            long pfn = Pte.pfn(entry);
            if (write) {
                platform.monitor.userStore(task, mm, page, pfn);
                platform.memory.setContents(task, pfn, value.get());
            } else {
                value.set(platform.memory.contents(pfn));
            }
        } else {
            tlbFlush.flushLocal(task, mm, page);
        }
        kernel.instructionEnd(task);
        return hit;
    }

    /** The hardware page walker: sets young, and dirty for a store, unless the entry has changed meanwhile. */
    private long walk(Mm mm, long page, boolean write, LocalLong present) {
        PageTables tables = platform.tables;
        while (true) {
            PageTable table = tables.pteTable(mm, page);
            long pte = table == null ? Pte.NONE : tables.ptepGet(table, page);
            present.set(Pte.isPresent(pte) ? 1 : 0);
            if (table == null || !Pte.isAccessible(pte) || (write && !Pte.isWritable(pte))) {
                return Pte.NONE;
            }
            long used = Pte.mkyoung(pte);
            if (write && !Pte.isDirty(used)) {
                used = Pte.hardwareDirty(used);
            }
            if (tables.hardwareUpdate(table, page, pte, used)) {
                return used;
            }
        }
    }
}
