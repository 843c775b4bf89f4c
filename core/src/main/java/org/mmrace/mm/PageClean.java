package org.mmrace.mm;

import org.mmrace.kernel.Bug;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;

/**
 * Taking the right to write away so that the next store is noticed ({@code folio_mkclean()},
 * {@code pfn_mkclean_range()}, mm/rmap.c).
 */
final class PageClean {
    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final RmapWalk rmapWalk;

    PageClean(Platform platform, TlbFlush tlbFlush, RmapWalk rmapWalk) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.rmapWalk = rmapWalk;
    }

    /** {@code folio_mkclean()}: folio locked. How many entries were dirty or writable. */
    long folioMkclean(Task task, Page page) {
        Bug.on(!platform.folios.test(page, Page.LOCKED), kernel, task, "folio_mkclean", "the folio is not locked");
        AddressSpace mapping = kernel.rcuDereference(page.mapping);
        if (platform.folios.mapcount(page) <= 0 || mapping == null) {
            return 0;
        }
        return pfnMkclean(task, mapping, platform.folios.index(page), page.pfn());
    }

    /** {@code pfn_mkclean_range()} in every VMA of the file: how many entries were dirty or writable. */
    long pfnMkclean(Task task, AddressSpace mapping, long index, long pfn) {
        LocalLong cleaned = new LocalLong(0);
        rmapWalk.walkFile(task, mapping, index, pfn, (vma, table, addr, pte) -> {
            boolean shared = (vma.flagsOnce(kernel) & VmFlags.SHARED) != 0;
            if (shared && (Pte.isDirty(pte) || Pte.isWritable(pte))) {
                pageMkcleanOne(task, vma, table, addr);
                cleaned.set(cleaned.get() + 1);
            }
            return true;
        });
        platform.monitor.flushesDone(task);
        return cleaned.get();
    }

    /** {@code page_vma_mkclean_one()}: PTL held. */
    private void pageMkcleanOne(Task task, Vma vma, PageTable table, long addr) {
        Mm mm = vma.mm();
        long since = mm.revocations().add(1);
        long entry = platform.tables.ptepGetAndClear(task, vma, table, addr);
        tlbFlush.flushPage(task, mm, addr);
        platform.tables.restorePteAt(task, vma, table, addr, Pte.mkclean(Pte.wrprotect(entry)));
        platform.monitor.revoked(task, mm, addr, addr + Address.PAGE_SIZE, since, true);
    }
}
