package org.mmrace.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.mmrace.kernel.Ghost;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.Mm;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;
import org.mmrace.mm.Tlb;

/**
 * I25: who restricts or clears an entry that a TLB may have owes a flush, until it is done.
 *
 * <p>A debt begins before the store and ends when a later flush by the same task has covered the address, or when
 * nothing of the store is left that a TLB could be wrong about. It is looked at twice: whoever uses a TLB entry that
 * allows more than the page table must find a debt, anybody's; and whoever says that all its flushes are done must
 * leave nothing in a TLB that nobody owes a flush for.
 *
 * <p>Exact on any number of threads. A flush waits for the instruction under way on every CPU, so a debt that covers
 * the entry of a running instruction cannot end during it. The count of debts of an address carries the number of debts
 * ever begun: if neither has changed around the look at the page table, and the count is 0, none was open at that
 * moment. Addresses share counts by a hash, which can only hide a violation. A task looks at its own debts alone.
 */
final class FlushDebts {
    private static final int SLOTS_MAX = 4096;
    private static final int SLOTS_PER_FRAME = 4;
    private static final long BEGUN = 1L << 32;
    private static final long OPEN_MASK = BEGUN - 1;

    /** One debt: the entry went from {@code old} to {@code pte}. */
    private record Debt(Mm mm, long addr, long old, long pte) {}

    private final Platform platform;
    private final Reporter reporter;
    private final List<List<Debt>> byCpu = new ArrayList<>();

    /** A power of two; small machines are made thousands of times a second. */
    private final AtomicLongArray slots;

    FlushDebts(Platform platform, Reporter reporter) {
        this.platform = platform;
        this.reporter = reporter;
        int wanted = Math.min(SLOTS_MAX, SLOTS_PER_FRAME * platform.memory().frames());
        slots = new AtomicLongArray(Integer.highestOneBit(wanted));
        for (int cpu = 0; cpu < platform.kernel().cpus(); cpu++) {
            byCpu.add(new ArrayList<>());
        }
    }

    private int slot(Mm mm, long addr) {
        long key = mm.id() * 0x9E37_79B9L + (addr >>> Address.PAGE_SHIFT);
        return (int) (key & slots.length() - 1);
    }

    private void end(Mm mm, long addr) {
        add(mm, addr, -1);
    }

    /** The entry is about to change. */
    void changing(Mm mm, long addr) {
        add(mm, addr, BEGUN + 1);
    }

    private void add(Mm mm, long addr, long delta) {
        int slot = slot(mm, addr);
        Ghost.touched(slots, slot, true);
        slots.getAndAdd(slot, delta);
    }

    private long debts(int slot) {
        Ghost.touched(slots, slot, false);
        return slots.get(slot);
    }

    /** It has changed; follows {@link #changing}. No TLB has anything of a table that was detached and flushed. */
    void changed(Task task, Mm mm, PageTable table, long addr, long old, long pte) {
        List<Debt> debts = byCpu.get(task.cpu());
        long before = old;
        for (int i = debts.size() - 1; i >= 0; i--) {
            Debt debt = debts.get(i);
            if (debt.mm() == mm && debt.addr() == addr) {
                before = debt.old();
                debts.remove(i);
                end(mm, addr);
            }
        }
        if (Pte.needsFlush(before, pte) && !table.isDetached()) {
            debts.add(new Debt(mm, addr, before, pte));
        } else {
            end(mm, addr);
        }
    }

    /** A flush by {@code task} is done. */
    void flushed(Task task, Mm mm, long start, long end) {
        byCpu.get(task.cpu()).removeIf(debt -> {
            boolean covered = debt.mm() == mm && debt.addr() >= start && debt.addr() < end;
            if (covered) {
                end(mm, debt.addr());
            }
            return covered;
        });
    }

    /** {@code task} will not flush any more for what it has done so far. */
    void flushesDone(Task task) {
        List<Debt> debts = byCpu.get(task.cpu());
        for (Debt debt : debts) {
            end(debt.mm(), debt.addr());
        }
        for (Debt debt : debts) {
            for (Tlb tlb : platform.tlbs()) {
                checkForgotten(task, debt, tlb);
            }
        }
        debts.clear();
    }

    /** Others may have changed the entry meanwhile, and may owe a flush for that. */
    private void checkForgotten(Task task, Debt debt, Tlb tlb) {
        int slot = slot(debt.mm(), debt.addr());
        long before = debts(slot);
        if ((before & OPEN_MASK) != 0) {
            return;
        }
        tlb.forEach(debt.mm(), debt.addr(), debt.addr() + Address.PAGE_SIZE, (addr, cached, stamp) -> {
            long pte = entry(debt.mm(), addr);
            if (allowsMore(cached, debt.pte()) && allowsMore(cached, pte) && debts(slot) == before) {
                report(task, debt.mm(), addr, cached, pte, "and the flush was forgotten");
            }
        });
    }

    private long entry(Mm mm, long addr) {
        PageTable table = platform.tables().pteTable(mm, addr);
        return table == null ? Pte.NONE : platform.tables().ptepGet(table, addr);
    }

    /** {@code task} uses what its TLB has for {@code addr}, within one instruction. */
    void tlbHit(Task task, Mm mm, long addr, long cached) {
        int slot = slot(mm, addr);
        while (true) {
            long before = debts(slot);
            long pte = entry(mm, addr);
            if (!allowsMore(cached, pte) || (before & OPEN_MASK) != 0) {
                return;
            }
            if (debts(slot) == before) {
                report(task, mm, addr, cached, pte, "and nobody is about to flush it");
                return;
            }
        }
    }

    /** Whether a TLB entry maps another frame than the page table, or grants more. Old dirty bits are legal. */
    static boolean allowsMore(long cached, long pte) {
        return !Pte.isAccessible(pte)
                || Pte.pfn(pte) != Pte.pfn(cached)
                || (Pte.isWritable(cached) && !Pte.isWritable(pte));
    }

    private void report(Task task, Mm mm, long addr, long cached, long pte, String what) {
        reporter.report(
                Invariant.I25,
                task,
                "a TLB has " + Reporter.pte(cached) + " for " + mm + " " + Reporter.hex(addr) + ", which is "
                        + Reporter.pte(pte) + ", " + what);
    }
}
