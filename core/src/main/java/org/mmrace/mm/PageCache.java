package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * Files whose pages are in the page cache: shared memory, and a filesystem with writeback (mm/filemap.c, mm/shmem.c).
 */
public final class PageCache {
    /** The references of a page that only the cache and a look-up hold. */
    private static final long CACHE_AND_MINE = 2;

    private final Platform platform;
    private final Kernel kernel;
    private final Zap zap;

    PageCache(Platform platform, Zap zap) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.zap = zap;
    }

    /** The page of {@code index}, made if need be, with a reference; null when out of memory. */
    @Nullable
    Page findOrAdd(Task task, AddressSpace mapping, int index) {
        Page page = findGetPage(task, mapping, index);
        return page != null ? page : addPage(task, mapping, index);
    }

    /**
     * {@code page_cache_ra_unbounded()}: reads {@code [first, end)} of a small file in; pages that there is no memory
     * for stay out.
     */
    void readahead(Task task, AddressSpace mapping, int first, int end) {
        for (int index = first; index < end; index++) {
            populate(task, mapping, index);
        }
    }

    /** {@code shmem_fallocate()} of one page: it is in the cache afterwards, unless memory is exhausted. */
    void populate(Task task, AddressSpace mapping, int index) {
        Page page = findOrAdd(task, mapping, index);
        if (page != null) {
            platform.folios.put(task, page, RefKind.TRANSIENT);
        }
    }

    /** {@code filemap_get_entry()}: with a reference, or null. */
    @Nullable
    Page findGetPage(Task task, AddressSpace mapping, int index) {
        kernel.rcuReadLock(task);
        Page found = null;
        while (found == null) {
            long pfn = kernel.readOnce(mapping.iPages, index);
            Page page = pfn == 0 ? null : platform.memory.page(pfn);
            if (page == null) {
                break;
            }
            if (platform.folios.tryGet(task, page, RefKind.TRANSIENT, 1)) {
                if (kernel.readOnce(mapping.iPages, index) == pfn) {
                    found = page;
                } else {
                    platform.folios.put(task, page, RefKind.TRANSIENT);
                }
            }
        }
        kernel.rcuReadUnlock(task);
        return found;
    }

    /**
     * {@code filemap_add_folio()}: a zeroed page, or the one that came first; with a reference; null when out of
     * memory.
     */
    private @Nullable Page addPage(Task task, AddressSpace mapping, int index) {
        Page fresh = platform.memory.alloc(task, mapping.isShmem() ? PageKind.SHMEM : PageKind.FILE);
        if (fresh == null) {
            return null;
        }
        platform.folios.tryLock(task, fresh);
        boolean added = addToCache(task, mapping, index, fresh);
        if (added) {
            readFolio(task, mapping, index, fresh);
        }
        platform.folios.unlock(task, fresh);
        if (added) {
            return fresh;
        }
        platform.folios.put(task, fresh, RefKind.OWNER);
        Page first = findGetPage(task, mapping, index);
        return first != null ? first : addPage(task, mapping, index);
    }

    /**
     * {@code filemap_add_folio()}, {@code shmem_add_to_page_cache()}: false if there is a page already. The reference
     * of the owner becomes the cache's, and the caller, who has locked the page, gets one.
     */
    boolean addToCache(Task task, AddressSpace mapping, int index, Page fresh) {
        kernel.rcuAssignPointer(fresh.mapping, mapping);
        kernel.writePlain(fresh.index, index);
        platform.folios.get(task, fresh, RefKind.TRANSIENT);
        kernel.spinLock(task, mapping.iPagesLock);
        boolean added = kernel.readOnce(mapping.iPages, index) == 0;
        if (added) {
            kernel.writeOnce(mapping.iPages, index, fresh.pfn());
        }
        kernel.spinUnlock(task, mapping.iPagesLock);
        if (!added) {
            kernel.rcuAssignPointer(fresh.mapping, null);
            platform.folios.put(task, fresh, RefKind.TRANSIENT);
        }
        return added;
    }

    /** {@code filemap_read_folio()}: what was written back earlier, under the folio lock. */
    private void readFolio(Task task, AddressSpace mapping, int index, Page page) {
        long data = mapping.kind() == AddressSpace.Kind.PAGE_CACHE ? kernel.readOnce(mapping.disk, index) : 0;
        if (data != 0) {
            platform.memory.setContents(task, page.pfn(), data);
        }
    }

    /** {@code write(2)} of one byte at the start of a page: inode lock held. */
    void write(Task task, AddressSpace mapping, int index, long value) {
        Page page = findOrAdd(task, mapping, index);
        while (page != null) {
            platform.folios.lock(task, page);
            if (kernel.rcuDereference(page.mapping) == mapping) {
                break;
            }
            platform.folios.unlock(task, page); // reclaimed meanwhile
            platform.folios.put(task, page, RefKind.TRANSIENT);
            page = findOrAdd(task, mapping, index);
        }
        if (page == null) {
            return;
        }
        platform.memory.setContents(task, page.pfn(), value);
        platform.folios.set(page, Page.DIRTY);
        platform.folios.unlock(task, page);
        platform.folios.put(task, page, RefKind.TRANSIENT);
    }

    /**
     * {@code truncate_pagecache_range()}: unmaps {@code count} pages from {@code first} on, then takes them out of the
     * cache.
     *
     * @param evenCows whether pages that a process has copied for itself are unmapped too
     */
    void truncateRange(Task task, AddressSpace mapping, int first, int count, boolean evenCows) {
        zap.unmapMappingPages(task, mapping, first, count, evenCows);
        for (int index = first; index < first + count; index++) {
            Page page = findGetPage(task, mapping, index);
            if (page != null) {
                truncatePage(task, mapping, index, page);
            } else {
                freeBlock(mapping, index);
            }
        }
        if (evenCows) {
            zap.unmapMappingPages(task, mapping, first, count, true);
        }
    }

    /** {@code lru_add_drain_all()}, for the pages of one file: those that wait in batches get on the LRU lists. */
    void lruAddDrain(Task task, AddressSpace mapping) {
        for (int index = 0; index < mapping.capacity(); index++) {
            Page page = findGetPage(task, mapping, index);
            if (page != null) {
                platform.folios.set(page, Page.LRU);
                platform.folios.put(task, page, RefKind.TRANSIENT);
            }
        }
    }

    /** {@code invalidate_mapping_pages()}: what is clean, unmapped and unused leaves the cache. */
    void invalidateUnused(Task task, AddressSpace mapping) {
        for (int index = 0; index < mapping.capacity(); index++) {
            Page page = findGetPage(task, mapping, index);
            if (page == null) {
                continue;
            }
            boolean locked = platform.folios.tryLock(task, page);
            boolean unused = locked
                    && kernel.rcuDereference(page.mapping) == mapping
                    && removeIfUnused(task, mapping, index, page, CACHE_AND_MINE);
            if (locked) {
                platform.folios.unlock(task, page);
            }
            platform.folios.put(task, page, RefKind.TRANSIENT);
            if (unused) {
                platform.folios.put(task, page, RefKind.OWNER);
            }
        }
    }

    /**
     * {@code __remove_mapping()}: takes a locked page out of the cache if it is clean and has no references but
     * {@code refs}; the cache's stays the caller's to drop. The kernel freezes the count at 0; here the references keep
     * it, and nobody can find the page any more.
     */
    boolean removeIfUnused(Task task, AddressSpace mapping, int index, Page page, long refs) {
        kernel.spinLock(task, mapping.iPagesLock);
        boolean unused = platform.folios.refCount(page) == refs && !platform.folios.isDirty(page);
        if (unused) {
            platform.monitor.droppingClean(task, page);
            kernel.writeOnce(mapping.iPages, index, 0);
        }
        kernel.spinUnlock(task, mapping.iPagesLock);
        if (unused) {
            kernel.rcuAssignPointer(page.mapping, null);
        }
        return unused;
    }

    /** {@code filemap_remove_folio()}: the folio is locked; the cache's reference stays the caller's to drop. */
    void deleteFromCache(Task task, AddressSpace mapping, int index, Page page) {
        kernel.spinLock(task, mapping.iPagesLock);
        kernel.writeOnce(mapping.iPages, index, 0);
        kernel.spinUnlock(task, mapping.iPagesLock);
        kernel.rcuAssignPointer(page.mapping, null);
    }

    /** The disk has nothing of this page any more. Nobody reads it in, or writes it back, meanwhile. */
    private void freeBlock(AddressSpace mapping, int index) {
        if (mapping.kind() == AddressSpace.Kind.PAGE_CACHE) {
            kernel.writeOnce(mapping.disk, index, 0);
        }
    }

    /** {@code truncate_inode_folio()}: a fault that came between is unmapped under the folio lock. */
    private void truncatePage(Task task, AddressSpace mapping, int index, Page page) {
        platform.folios.lock(task, page);
        boolean mine = kernel.rcuDereference(page.mapping) == mapping;
        if (mine) {
            if (platform.folios.mapcount(page) > 0) {
                zap.unmapMappingPages(task, mapping, index, 1, false);
            }
            freeBlock(mapping, index);
            deleteFromCache(task, mapping, index, page);
        }
        platform.folios.unlock(task, page);
        platform.folios.put(task, page, RefKind.TRANSIENT);
        if (mine) {
            platform.folios.put(task, page, RefKind.OWNER);
        }
    }
}
