package org.mmrace.conform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageTable;
import org.mmrace.mm.Pte;
import org.mmrace.mm.RssStat;
import org.mmrace.mm.VmFlags;
import org.mmrace.op.Machine;

/** What the recording module could read: the zeropage's counts, the resident-set counters, entries, flags. */
final class Gauges {
    /** The flags that recordings show; others, such as VM_MAYEXEC, they leave out. */
    private static final long SHOWN = VmFlags.READ
            | VmFlags.WRITE
            | VmFlags.EXEC
            | VmFlags.SHARED
            | VmFlags.MAYREAD
            | VmFlags.MAYWRITE
            | VmFlags.MAYSHARE
            | VmFlags.PFNMAP
            | VmFlags.IO
            | VmFlags.MIXEDMAP;

    private final Machine machine;

    Gauges(Machine machine) {
        this.machine = machine;
    }

    /**
     * One reading.
     *
     * @param otherRef the reference count of the last page of a call that is not the zeropage, 0 without one
     */
    record Reading(long zeroRef, long zeroMap, long otherRef, long rssFile, long rssAnon, long rssShmem) {
        /** The changes since {@code before}, by recorded names. */
        Map<String, Long> since(Reading before) {
            Map<String, Long> changes = new LinkedHashMap<>();
            changes.put("zero_ref", zeroRef - before.zeroRef);
            changes.put("zero_map", zeroMap - before.zeroMap);
            changes.put("other_ref", otherRef - before.otherRef);
            changes.put("rss_file", rssFile - before.rssFile);
            changes.put("rss_anon", rssAnon - before.rssAnon);
            changes.put("rss_shmem", rssShmem - before.rssShmem);
            return changes;
        }
    }

    Reading read(Mm mm, List<Page> pages) {
        long other = 0;
        for (Page page : pages) {
            if (!Memory.isZero(page)) {
                other = page.folio(machine.kernel()) == page
                        ? machine.platform().folios().refCount(page)
                        : 0;
            }
        }
        return new Reading(
                zeroRef(),
                zeroMap(),
                other,
                mm.rss().get(RssStat.Counter.FILE),
                mm.rss().get(RssStat.Counter.ANON),
                mm.rss().get(RssStat.Counter.SHMEM));
    }

    long zeroRef() {
        return machine.platform().folios().refCount(machine.platform().memory().zeroPage());
    }

    long zeroMap() {
        return machine.platform().folios().mapcount(machine.platform().memory().zeroPage());
    }

    /** Whether somebody has written to the zeropage; it is cleaned, as the recorder did. */
    boolean zeropageCorrupted(org.mmrace.kernel.Task task) {
        Memory memory = machine.platform().memory();
        boolean corrupted = memory.contents(Memory.ZERO_PFN) != 0;
        if (corrupted) {
            memory.setContents(task, Memory.ZERO_PFN, 0);
        }
        return corrupted;
    }

    /** The entry for {@code addr} in the notation of the recordings. */
    String pte(Mm mm, long addr) {
        PageTable table = machine.platform().tables().pteTable(mm, addr);
        long pte = table == null ? Pte.NONE : machine.platform().tables().ptepGet(table, addr);
        return Pte.toString(pte, Memory.isZero(Pte.pfn(pte)));
    }

    static List<String> flagNames(long flags) {
        return VmFlags.names(flags & SHOWN);
    }
}
