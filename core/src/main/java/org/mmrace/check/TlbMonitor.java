package org.mmrace.check;

import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;
import org.mmrace.mm.Tlb;

/**
 * I26 when rights have been revoked, and I03 and I15 when a store goes through a TLB.
 *
 * <p>Exact on any number of threads: an entry carries the number of revocations that had begun when it was filled. One
 * filled after this revocation began saw the new page table or will be seen by its flush, and is not looked at; one
 * filled before must have been dropped. A store happens within one instruction, and a flush waits for that.
 *
 * <p>A frame that is copied has been seen read-only under the PTL, and the reference of the copying task keeps it from
 * being reused in place; whoever took the right to write away has flushed before faults could run again. So no TLB may
 * let anybody write to it at that address, or the write is lost from the copy.
 */
final class TlbMonitor {
    private final Platform platform;
    private final Reporter reporter;
    private final ZeropageMonitor zeropage;

    TlbMonitor(Platform platform, Reporter reporter, ZeropageMonitor zeropage) {
        this.platform = platform;
        this.reporter = reporter;
        this.zeropage = zeropage;
    }

    void revoked(Task task, Mm mm, long start, long end, long since, boolean writeOnly) {
        Tlb.Visitor visitor = (addr, pte, stamp) -> {
            if (stamp < since && (!writeOnly || Pte.isWritable(pte))) {
                reporter.report(
                        Invariant.I26,
                        task,
                        "a TLB still has " + Reporter.pte(pte) + " for " + mm + " " + Reporter.hex(addr)
                                + ", revoked in [" + Reporter.hex(start) + ", " + Reporter.hex(end) + ")");
            }
        };
        for (Tlb tlb : platform.tlbs()) {
            tlb.forEach(mm, start, end, visitor);
        }
    }

    void copying(Task task, Mm mm, long addr, long pfn) {
        Tlb.Visitor visitor = (at, pte, stamp) -> {
            if (Pte.isWritable(pte) && Pte.pfn(pte) == pfn) {
                reporter.report(
                        Invariant.I23,
                        task,
                        "frame " + pfn + " is copied for " + mm + " " + Reporter.hex(at) + " while a TLB has "
                                + Reporter.pte(pte) + " for it");
            }
        };
        for (Tlb tlb : platform.tlbs()) {
            tlb.forEach(mm, addr, addr + Address.PAGE_SIZE, visitor);
        }
    }

    void userStore(Task task, Mm mm, long addr, long pfn) {
        if (Memory.isZero(pfn)) {
            zeropage.stored(task, "the TLB for " + mm + " " + Reporter.hex(addr));
            return;
        }
        Page page = platform.memory().page(pfn);
        if (page != null && page.folio(platform.kernel()).freed().get() != 0) {
            reporter.report(
                    Invariant.I15, task, "a store to " + mm + " " + Reporter.hex(addr) + " reaches free " + page);
        }
    }
}
