package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * Page reclaim (mm/vmscan.c) without swap: clean pages of files with writeback, and anonymous pages given up with
 * MADV_FREE. Pages are named by the caller; the memory map stands for the LRU lists.
 */
public final class Reclaim {
    /** The references of a page that nobody maps: of the page cache, and of whoever isolated it. */
    private static final long CACHE_AND_ISOLATED = 2;

    private final Platform platform;
    private final Kernel kernel;
    private final TlbFlush tlbFlush;
    private final Unmap unmap;
    private final PageCache pageCache;

    Reclaim(Platform platform, TlbFlush tlbFlush, Unmap unmap, PageCache pageCache) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.tlbFlush = tlbFlush;
        this.unmap = unmap;
        this.pageCache = pageCache;
    }

    /**
     * {@code shrink_inactive_list()} for {@code count} frames from {@code firstPfn} on: those that are on no LRU list
     * of files are passed over.
     *
     * @return how many pages were reclaimed
     */
    public int shrinkFrames(Task task, long firstPfn, int count) {
        List<Page> isolated = new ArrayList<>();
        long end = Math.min(firstPfn + count, platform.memory.frames());
        for (long pfn = firstPfn; pfn < end; pfn++) {
            Page page = platform.memory.page(pfn);
            if (page != null && isolate(task, page)) {
                isolated.add(page);
            }
        }
        return shrinkFolioList(task, isolated);
    }

    /** As {@link #shrinkFrames}, for page {@code index} of a file in the page cache; whether it was reclaimed. */
    public boolean shrinkFilePage(Task task, AddressSpace mapping, int index) {
        if (mapping.kind() != AddressSpace.Kind.PAGE_CACHE) {
            return false;
        }
        Page page = pageCache.findGetPage(task, mapping, index);
        return page != null && shrinkFolioList(task, List.of(page)) == 1;
    }

    /** {@code folio_isolate_lru()}: with a reference, if it is a page that can be reclaimed without swap. */
    boolean isolate(Task task, Page page) {
        if (!onFileLru(page) || !platform.folios.tryGet(task, page, RefKind.TRANSIENT, 1)) {
            return false;
        }
        if (!onFileLru(page)) {
            platform.folios.put(task, page, RefKind.TRANSIENT);
            return false;
        }
        return true;
    }

    /** {@code folio_is_file_lru()} of a page that is on an LRU list. */
    private boolean onFileLru(Page page) {
        if (page.folio(kernel) != page || platform.folios.isSwapBacked(page)) {
            return false;
        }
        AddressSpace mapping = kernel.rcuDereference(page.mapping);
        return platform.folios.isAnon(page) || (mapping != null && mapping.kind() == AddressSpace.Kind.PAGE_CACHE);
    }

    /**
     * {@code shrink_folio_list()}: each page comes with a TRANSIENT reference, which is dropped.
     *
     * @return how many pages were reclaimed
     */
    int shrinkFolioList(Task task, List<Page> pages) {
        TlbUnmapBatch batch = new TlbUnmapBatch(platform, tlbFlush);
        List<Page> cached = new ArrayList<>();
        List<Page> freeable = new ArrayList<>();
        List<Page> kept = new ArrayList<>();
        for (Page page : pages) {
            if (!platform.folios.tryLock(task, page)) {
                kept.add(page);
                continue;
            }
            boolean wasAnon = platform.folios.isAnon(page);
            boolean freed = shrinkFolio(task, page, batch);
            platform.folios.unlock(task, page);
            (!freed ? kept : wasAnon ? freeable : cached).add(page);
        }
        batch.flush(task); // before anybody can use the frames again
        for (Page page : cached) {
            platform.folios.put(task, page, RefKind.OWNER);
        }
        cached.forEach(page -> platform.folios.put(task, page, RefKind.TRANSIENT));
        freeable.forEach(page -> platform.folios.put(task, page, RefKind.TRANSIENT));
        kept.forEach(page -> platform.folios.put(task, page, RefKind.TRANSIENT));
        return cached.size() + freeable.size();
    }

    /** One locked folio: whether nobody can find it any more. */
    private boolean shrinkFolio(Task task, Page page, TlbUnmapBatch batch) {
        if (!onFileLru(page)) {
            return false;
        }
        if (platform.folios.mapcount(page) > 0) {
            unmap.tryToUnmap(task, page, batch);
            if (platform.folios.mapcount(page) > 0) {
                flushBeforeUnlock(task, batch);
                return false;
            }
        }
        if (platform.folios.isDirty(page)) {
            flushBeforeUnlock(task, batch);
            return false;
        }
        if (platform.folios.isAnon(page)) {
            return platform.folios.refCount(page) == 1;
        }
        return removeMapping(task, page);
    }

    /**
     * {@code try_to_unmap_flush_dirty()} for a folio that stays: whoever locks it next to write it back must not miss a
     * store. 6.11 does so only before it writes the folio itself.
     */
    private void flushBeforeUnlock(Task task, TlbUnmapBatch batch) {
        if (!platform.config.has(Fault.F06)) {
            batch.flushDirty(task);
        }
    }

    /** {@code __remove_mapping()}: unless somebody has a reference, or has made it dirty. */
    private boolean removeMapping(Task task, Page page) {
        AddressSpace mapping = kernel.rcuDereference(page.mapping);
        return mapping != null
                && pageCache.removeIfUnused(task, mapping, (int) platform.folios.index(page), page, CACHE_AND_ISOLATED);
    }
}
