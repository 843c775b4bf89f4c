package org.mmrace.check;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.GupWalk;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.Platform;
import org.mmrace.mm.Pte;
import org.mmrace.mm.RefKind;
import org.mmrace.mm.RssStat;
import org.mmrace.mm.Vma;

/**
 * All monitors as the one that a {@link Platform} takes. Made before the platform, which it gets by {@link #attach}
 * before any task runs. Reports what a correct kernel never does, whatever the series and the faults of this one.
 */
public final class Monitors implements MmMonitor {
    private record Parts(
            ZeropageMonitor zeropage,
            PteMonitor ptes,
            LifetimeMonitor lifetimes,
            GupMonitor gup,
            HoldMonitor holds,
            TlbMonitor tlbs,
            VmaMonitor vmas,
            DaxMonitor dax,
            TableMonitor tables,
            FlushDebts debts,
            DataMonitor data,
            FrameGhosts frames) {}

    private final Reporter reporter;
    private @Nullable Parts parts;

    /** Monitors that tell {@code sink}. */
    public Monitors(ViolationSink sink) {
        reporter = new Reporter(sink);
    }

    /** The machine that is watched; before its first task runs. */
    public void attach(Platform platform) {
        ZeropageMonitor zeropage = new ZeropageMonitor(reporter);
        FrameGhosts frames = new FrameGhosts(platform);
        PteRules rules = new PteRules(platform, reporter);
        DaxMonitor dax = new DaxMonitor(platform, reporter);
        parts = new Parts(
                zeropage,
                new PteMonitor(platform, reporter, rules, frames, dax),
                new LifetimeMonitor(platform, reporter, frames),
                new GupMonitor(platform, reporter, frames, zeropage),
                new HoldMonitor(platform, reporter),
                new TlbMonitor(platform, reporter, zeropage),
                new VmaMonitor(platform, reporter, rules),
                dax,
                new TableMonitor(platform, reporter),
                new FlushDebts(platform, reporter),
                new DataMonitor(platform, reporter),
                frames);
    }

    private Parts parts() {
        Parts attached = parts;
        if (attached == null) {
            throw new IllegalStateException("attach() the platform before its first task runs");
        }
        return attached;
    }

    @Override
    public void pteChanging(Task task, Vma vma, long addr) {
        parts().debts.changing(vma.mm(), addr);
    }

    @Override
    public void pteChanged(Task task, Vma vma, PageTable table, long addr, long old, long pte) {
        parts().debts.changed(task, vma.mm(), table, addr, old, pte);
        parts().ptes.pteChanged(task, vma, table, addr, old, pte);
    }

    @Override
    public void pteRestored(Task task, Vma vma, PageTable table, long addr, long pte) {
        parts().debts.changed(task, vma.mm(), table, addr, Pte.NONE, pte);
        parts().ptes.pteRestored(task, vma, table, addr, pte);
    }

    @Override
    public void flushed(Task task, Mm mm, long start, long end) {
        parts().debts.flushed(task, mm, start, end);
    }

    @Override
    public void flushesDone(Task task) {
        parts().debts.flushesDone(task);
    }

    @Override
    public void tlbHit(Task task, Mm mm, long addr, long pte) {
        parts().debts.tlbHit(task, mm, addr, pte);
    }

    @Override
    public void tableUnused(Task task, Mm mm, PageTable table, long start, long end, long since) {
        parts().tables.tableUnused(task, mm, table, start, end, since);
    }

    @Override
    public void discarding(Task task, Page page, boolean unused) {
        parts().data.discarding(task, page, unused);
    }

    @Override
    public void captured(Task task, Page page) {
        parts().data.captured(page);
    }

    @Override
    public void droppingClean(Task task, Page page) {
        parts().data.droppingClean(task, page);
    }

    @Override
    public void classifiedOtherwise(Task task, Vma vma, long addr, long pte, boolean countedBefore) {
        reporter.report(
                Invariant.I36,
                task,
                "entry " + Reporter.pte(pte) + " at " + Reporter.at(vma, addr) + " was "
                        + (countedBefore ? "counted" : "not counted")
                        + " when it was installed, and at its removal it is "
                        + (countedBefore ? "not" : "counted"));
    }

    @Override
    public void refChanged(Task task, Page folio, RefKind kind, long delta, long now) {
        if (Memory.isZero(folio)) {
            parts().zeropage.refChanged(task, kind, delta, now);
        }
        parts().lifetimes.refChanged(task, folio, kind, delta, now);
    }

    @Override
    public void mapcountChanged(Task task, Page page, long now) {
        if (Memory.isZero(page)) {
            parts().zeropage.mapcountChanged(task, now);
        }
        parts().lifetimes.mapcountChanged(task, page, now);
    }

    @Override
    public void pageAllocated(Task task, Page page) {
        parts().lifetimes.pageAllocated(task, page);
        parts().holds.pageAllocated(task, page);
    }

    @Override
    public void pageFreeing(Task task, Page page) {
        parts().lifetimes.pageFreeing(task, page);
    }

    @Override
    public void tableFreeing(Task task, PageTable table) {
        parts().tables.tableFreeing(task, table);
    }

    @Override
    public void tableWalked(Task task, PageTable table) {
        parts().tables.tableWalked(task, table);
    }

    @Override
    public void tableLeft(Task task, GupWalk walk, long detachments, boolean grabbed) {
        parts().tables.tableLeft(task, walk, detachments, grabbed);
    }

    @Override
    public void contentsWritten(Task task, long pfn, long value) {
        parts().zeropage.contentsWritten(task, pfn, value);
    }

    @Override
    public void userStore(Task task, Mm mm, long addr, long pfn) {
        parts().tlbs.userStore(task, mm, addr, pfn);
        parts().data.userStore(pfn);
        parts().holds.userStore(task, mm, addr, pfn);
    }

    @Override
    public void tlbFilled(Task task, long pfn) {
        parts().frames.tlbFilled(task.cpu(), pfn);
    }

    @Override
    public void copying(Task task, Mm mm, long addr, long pfn) {
        parts().tlbs.copying(task, mm, addr, pfn);
    }

    @Override
    public void vmaWritten(Task task, Vma vma, String field) {
        parts().vmas.vmaWritten(task, vma, field);
    }

    @Override
    public void anonVmaPrepared(Task task, Vma vma) {
        parts().vmas.anonVmaPrepared(task, vma);
    }

    @Override
    public void mmUsed(Task task, Mm mm) {
        parts().vmas.mmUsed(task, mm);
    }

    @Override
    public void exclusiveChanged(Task task, Page page, boolean exclusive) {
        parts().lifetimes.exclusiveChanged(task, page, exclusive);
        if (!exclusive) {
            parts().holds.exclusiveLost(task, page);
        }
    }

    @Override
    public void gupFastGrabbed(Task task, Mm mm, long addr, Page page, long lives, boolean rechecked) {
        parts().gup.gupFastGrabbed(task, mm, addr, page, lives, rechecked);
    }

    @Override
    public void gupReturns(Task task, Mm mm, @Nullable Vma vma, long addr, int gupFlags, Page page) {
        parts().gup.gupReturns(task, mm, vma, addr, gupFlags, page);
        parts().holds.gupReturns(mm, vma, gupFlags, page);
        parts().dax.gupReturns(page, gupFlags);
    }

    @Override
    public void gupReleases(Task task, Page page, int gupFlags) {
        parts().holds.gupReleases(page, gupFlags);
        parts().dax.gupReleases(page, gupFlags);
    }

    @Override
    public void frameReplaced(Task task, Vma vma, long addr, long oldPfn) {
        parts().holds.frameReplaced(task, vma, addr, oldPfn);
    }

    @Override
    public void revoked(Task task, Mm mm, long start, long end, long since, boolean writeOnly) {
        parts().tlbs.revoked(task, mm, start, end, since, writeOnly);
    }

    @Override
    public void batchReturns(Task task, long asked, long left, long stored) {
        if (left != asked - stored) {
            reporter.report(
                    Invariant.I33,
                    task,
                    "vm_insert_pages() mapped " + stored + " of " + asked + " pages and says that " + left
                            + " are left");
        }
    }

    @Override
    public void daxEntryUnlocking(Task task, AddressSpace mapping, int index, long entry) {
        parts().dax.entryUnlocking(task, mapping, index, entry);
    }

    @Override
    public void holeFilled(Task task, AddressSpace mapping, int index) {
        parts().dax.holeFilled(task, mapping, index);
    }

    @Override
    public void blocksFreeing(Task task, AddressSpace mapping, long first, long count) {
        parts().dax.blocksFreeing(task, mapping, first, count);
    }

    @Override
    public void cowSharingDisabled(Task task, Mm mm) {
        parts().vmas.cowSharingDisabled(task, mm);
    }

    @Override
    public void fileFilled(Task task, Vma vma, long addr) {
        parts().vmas.fileFilled(task, vma, addr);
    }

    @Override
    public void mmGone(Task task, Mm mm) {
        for (RssStat.Counter counter : RssStat.Counter.values()) {
            long pages = mm.rss().get(counter);
            if (pages != 0) {
                reporter.report(Invariant.I13, task, mm + " is gone with " + counter + " " + pages);
            }
        }
    }
}
