package org.mmrace.mm;

import java.util.EnumMap;
import java.util.Map;
import org.mmrace.fault.DaxStyle;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** Clearing page-table entries: {@code unmap_page_range()}, {@code zap_pte_range()}, {@code unmap_mapping_range()}. */
public final class Zap {
    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Rmap rmap;
    private final NormalPage normalPage;
    private final PtReclaim ptReclaim;
    private final HugetlbTables hugetlbTables;

    Zap(Platform platform, TlbFlush tlbFlush, Rmap rmap, NormalPage normalPage, HugetlbTables hugetlbTables) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.rmap = rmap;
        this.normalPage = normalPage;
        this.ptReclaim = new PtReclaim(platform);
        this.hugetlbTables = hugetlbTables;
    }

    MmuGather gather(Task task, Mm mm) {
        return new MmuGather(platform, tlbFlush, rmap, task, mm);
    }

    /** {@code unmap_single_vma()}: clears every entry of {@code vma} within {@code [start, end)}. */
    void unmapSingleVma(Task task, MmuGather gather, Vma vma, long start, long end, boolean evenCows) {
        unmapSingleVma(task, gather, vma, start, end, evenCows, false);
    }

    /** As the other one; with {@code reclaimPt} the tables that it empties may be freed. */
    private void unmapSingleVma(
            Task task, MmuGather gather, Vma vma, long start, long end, boolean evenCows, boolean reclaimPt) {
        Mm mm = vma.mm();
        long from = Math.max(start, vma.start(kernel));
        long to = Math.min(end, vma.end(kernel));
        if (vma.isHugetlb()) {
            hugetlbTables.unmapHugepageRange(task, gather, vma, from, to);
            return;
        }
        for (long addr = from; addr < to; ) {
            long next = platform.tables.pmdAddrEnd(addr, to);
            PageTable pmd = platform.tables.pmdOffset(mm, addr);
            if (pmd != null) {
                zapPteRange(task, gather, vma, pmd, addr, next, evenCows);
                if (reclaimPt && ptReclaim.isEnabled(addr, next)) {
                    ptReclaim.tryToFreePte(task, gather, pmd, addr);
                }
            }
            addr = next;
        }
        if (pagesAreUncounted(vma)) {
            gather.flushTlbOnly();
        }
    }

    /**
     * {@code tlb_end_vma()}: no reference keeps these pages until the last flush. 6.11 leaves FSDAX out, which lets a
     * hole punch that no longer finds the VMA free a block that a TLB still maps; the model closes that hole unless
     * asked not to. Counted pages of DAX files have no such hole: the punch waits for the mapping's reference.
     */
    private boolean pagesAreUncounted(Vma vma) {
        boolean driver = (vma.flagsOnce(kernel) & (VmFlags.PFNMAP | VmFlags.MIXEDMAP)) != 0;
        return (driver && !platform.config.has(Fault.B45))
                || (vma.isFsdax() && platform.config.daxStyle() == DaxStyle.DEVMAP && !platform.config.has(Fault.F01));
    }

    /** {@code zap_pte_range()}: the entries of one table. */
    private void zapPteRange(
            Task task, MmuGather gather, Vma vma, PageTable pmd, long start, long end, boolean evenCows) {
        PageTables tables = platform.tables;
        long addr = start;
        while (addr < end) {
            PageTable table = tables.pteOffsetMapLock(task, pmd, addr);
            if (table == null) {
                return;
            }
            if (!platform.config.has(Fault.B42)) {
                tlbFlush.flushBatchedPending(task, vma.mm());
            }
            Map<RssStat.Counter, Long> rss = new EnumMap<>(RssStat.Counter.class);
            boolean forceFlush = false;
            for (; addr < end && !forceFlush; addr += Address.PAGE_SIZE) {
                long pte = tables.ptepGet(table, addr);
                if (!Pte.isPresent(pte)) {
                    zapNonpresent(task, vma, table, addr, pte, evenCows, rss);
                    continue;
                }
                Page page = normalPage.vmNormalPage(task, vma, addr, pte);
                if (page != null && !evenCows && platform.folios.isAnon(page)) {
                    continue;
                }
                pte = tables.ptepGetAndClear(task, vma, table, addr);
                tables.removed(task, vma, table, addr, pte, page != null);
                gather.flushEntry(addr);
                if (page != null) {
                    forceFlush = zapPresentPage(task, gather, page, pte, rss);
                }
            }
            rss.forEach(vma.mm().rss()::add);
            if (forceFlush) {
                gather.flushTlbOnly();
                gather.flushRmaps();
            }
            tables.pteUnlock(task, table);
            if (forceFlush) {
                gather.flush();
            }
        }
    }

    /** {@code zap_nonpresent_ptes()}: a page that is being moved is counted as resident, and nothing else. */
    private void zapNonpresent(
            Task task,
            Vma vma,
            PageTable table,
            long addr,
            long pte,
            boolean evenCows,
            Map<RssStat.Counter, Long> rss) {
        Page page = Pte.isMigration(pte) ? platform.memory.page(Pte.pfn(pte)) : null;
        if (page != null && (evenCows || !platform.folios.isAnon(page))) {
            platform.tables.ptepGetAndClear(task, vma, table, addr);
            rss.merge(platform.folios.counter(page), -1L, Long::sum);
        }
    }

    /** {@code zap_present_folio_ptes()}: whether the TLBs must be flushed before the PTL is dropped. */
    private boolean zapPresentPage(Task task, MmuGather gather, Page page, long pte, Map<RssStat.Counter, Long> rss) {
        Folios folios = platform.folios;
        boolean delayRmap = false;
        if (!folios.isAnon(page) && Pte.isDirty(pte)) {
            folios.set(page, Page.DIRTY);
            delayRmap = !platform.config.has(Fault.B44);
        }
        rss.merge(folios.counter(page), -1L, Long::sum);
        if (delayRmap) {
            gather.delayRmap(page);
        } else {
            rmap.removeRmap(task, page);
            if (folios.mapcount(page) < 0) {
                kernel.log().badPte(task, pte, 0);
            }
        }
        return gather.removePage(page) || delayRmap;
    }

    /** {@code zap_page_range_single()}: one VMA, with a gather of its own. The VMA must be stable. */
    void zapPageRangeSingle(Task task, Vma vma, long start, long end) {
        zapPageRangeSingle(task, vma, start, end, false);
    }

    /**
     * As the other one.
     *
     * @param reclaimPt {@code zap_details.reclaim_pt}: page tables that it empties may be freed
     */
    void zapPageRangeSingle(Task task, Vma vma, long start, long end, boolean reclaimPt) {
        Mm mm = vma.mm();
        long since = mm.revocations().add(1);
        MmuGather gather = gather(task, mm);
        unmapSingleVma(task, gather, vma, start, end, true, reclaimPt);
        gather.finish();
        platform.monitor.revoked(task, mm, start, end, since, false);
    }

    /** {@code zap_vma_ptes()}: for drivers; silently nothing unless the VMA is VM_PFNMAP and contains the range. */
    public void zapVmaPtes(Task task, Vma vma, long addr, long size) {
        boolean inside = addr >= vma.start(kernel) && addr + size <= vma.end(kernel);
        if (inside && (vma.flags(kernel) & VmFlags.PFNMAP) != 0) {
            zapPageRangeSingle(task, vma, addr, addr + size);
        }
    }

    /**
     * {@code unmap_mapping_pages()}: clears the entries for {@code count} pages of a file from {@code first} on in
     * every VMA that maps them. Takes i_mmap_rwsem for reading.
     *
     * @param evenCows whether pages that a process has copied for itself go too
     */
    public void unmapMappingPages(Task task, AddressSpace mapping, long first, long count, boolean evenCows) {
        kernel.downRead(task, mapping.iMmapRwsem);
        for (Vma vma : mapping.iMmap()) {
            unmapInVma(task, vma, first, count, evenCows);
        }
        kernel.upRead(task, mapping.iMmapRwsem);
    }

    /** {@code unmap_mapping_range_vma()}. */
    private void unmapInVma(Task task, Vma vma, long first, long count, boolean evenCows) {
        long base = vma.pgoff(kernel);
        long start = vma.start(kernel);
        long from = start + Math.max(0, first - base) * Address.PAGE_SIZE;
        long to = Math.min(
                vma.end(kernel),
                count > Long.MAX_VALUE / Address.PAGE_SIZE - first
                        ? Long.MAX_VALUE
                        : start + (first + count - base) * Address.PAGE_SIZE);
        if (from >= to) {
            return;
        }
        Mm mm = vma.mm();
        MmuGather gather = gather(task, mm);
        unmapSingleVma(task, gather, vma, from, to, evenCows);
        gather.finish();
    }
}
