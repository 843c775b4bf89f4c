package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** Faults on files in the page cache (mm/filemap.c, mm/shmem.c). */
final class FilemapFault {
    /** Pages that a read fault maps around its own, if they are in the cache ({@code fault_around_bytes}). */
    private static final long FAULT_AROUND_PAGES = 16;

    /** Pages that a miss reads in, half of them before it ({@code ra->ra_pages}). */
    private static final int READ_AROUND_PAGES = 32;

    private final Platform platform;
    private final Kernel kernel;
    private final Rmap rmap;
    private final PageCache pageCache;

    FilemapFault(Platform platform, Rmap rmap, PageCache pageCache) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.rmap = rmap;
        this.pageCache = pageCache;
    }

    /** The operations of a VMA that maps a file of this kind. */
    public VmOperations operations(AddressSpace mapping) {
        boolean writeback = mapping.canWriteback();
        return new VmOperations() {
            @Override
            public boolean hasFault() {
                return true;
            }

            @Override
            public boolean hasMapPages() {
                return true;
            }

            @Override
            public boolean hasPageMkwrite() {
                return writeback;
            }

            @Override
            public int fault(Task task, VmFault vmf) {
                return filemapFault(task, vmf, mapping);
            }

            @Override
            public int pageMkwrite(Task task, VmFault vmf) {
                return filemapPageMkwrite(task, vmf, mapping);
            }
        };
    }

    /** {@code filemap_fault()}, {@code shmem_fault()}: the page, made if need be, locked and with a reference. */
    private int filemapFault(Task task, VmFault vmf, AddressSpace mapping) {
        int index = (int) vmf.pgoff();
        while (true) {
            if (index >= mapping.sizePages()) {
                return FaultResult.SIGBUS;
            }
            if (mapping.isShmem() && mapping.entry(index) == 0 && vmf.vma().hasUffdMissing(kernel)) {
                return Userfaultfd.handleUserfault();
            }
            if (!mapping.isShmem() && mapping.entry(index) == 0 && readAround(task, vmf, mapping, index)) {
                return FaultResult.RETRY;
            }
            Page page = findOrRead(task, mapping, index);
            if (page == null && index >= mapping.sizePages()) {
                continue;
            }
            if (page == null) {
                return FaultResult.OOM;
            }
            platform.folios.lock(task, page);
            if (kernel.rcuDereference(page.mapping) == mapping) {
                vmf.setPage(page);
                return FaultResult.LOCKED;
            }
            platform.folios.unlock(task, page);
            platform.folios.put(task, page, RefKind.TRANSIENT);
        }
    }

    /** The page of {@code index}; made under the invalidate lock, so that no hole punch is about to miss it. */
    private @Nullable Page findOrRead(Task task, AddressSpace mapping, int index) {
        Page cached = pageCache.findGetPage(task, mapping, index);
        if (cached != null || mapping.isShmem()) {
            return cached != null ? cached : pageCache.findOrAdd(task, mapping, index);
        }
        kernel.downRead(task, mapping.invalidateLock);
        Page page = index < mapping.sizePages() ? pageCache.findOrAdd(task, mapping, index) : null;
        kernel.upRead(task, mapping.invalidateLock);
        return page;
    }

    /**
     * {@code do_sync_mmap_readahead()}: reads the page in, and others around it. Waiting for them is done without locks
     * if the caller may retry; then the fault has to start again.
     *
     * @return whether the locks were dropped
     */
    private boolean readAround(Task task, VmFault vmf, AddressSpace mapping, int index) {
        int first = Math.max(0, index - READ_AROUND_PAGES / 2);
        int end = (int) Math.min(mapping.sizePages(), first + READ_AROUND_PAGES);
        boolean drop = vmf.has(VmFault.ALLOW_RETRY) && !vmf.has(VmFault.TRIED);
        if (drop) {
            releaseFaultLock(task, vmf);
        }
        kernel.downRead(task, mapping.invalidateLock);
        pageCache.readahead(task, mapping, first, end);
        kernel.upRead(task, mapping.invalidateLock);
        return drop;
    }

    /** {@code release_fault_lock()}. */
    private void releaseFaultLock(Task task, VmFault vmf) {
        if (vmf.has(VmFault.VMA_LOCK)) {
            platform.vmaLocks.endRead(task, vmf.vma());
        } else {
            kernel.upRead(task, vmf.vma().mm().mmapLock);
        }
    }

    /** {@code filemap_page_mkwrite()}: the page comes back locked, unless it was truncated. */
    private int filemapPageMkwrite(Task task, VmFault vmf, AddressSpace mapping) {
        Page page = vmf.page();
        if (page == null) {
            return FaultResult.SIGBUS;
        }
        platform.folios.lock(task, page);
        if (kernel.rcuDereference(page.mapping) != mapping) {
            platform.folios.unlock(task, page);
            return FaultResult.NOPAGE;
        }
        platform.folios.set(page, Page.DIRTY);
        return FaultResult.LOCKED;
    }

    /**
     * {@code filemap_map_pages()}: maps what is in the cache around the fault. NOPAGE if that includes its own page.
     */
    int mapPages(Task task, VmFault vmf, PageTable pmd) {
        Vma vma = vmf.vma();
        OpenFile file = vma.file();
        if (file == null) {
            return FaultResult.NONE;
        }
        long window = FAULT_AROUND_PAGES * Address.PAGE_SIZE;
        long from = Math.max(vmf.address() / window * window, vma.start(kernel));
        long pmdStart = vmf.address() / platform.tables.pmdSize() * platform.tables.pmdSize();
        from = Math.max(from, pmdStart);
        long to = Math.min(vmf.address() / window * window + window, vma.end(kernel));
        to = platform.tables.pmdAddrEnd(from, to);
        PageTable table = platform.tables.pteOffsetMapLock(task, pmd, vmf.address());
        if (table == null) {
            return FaultResult.NONE;
        }
        int result = FaultResult.NONE;
        for (long addr = from; addr < to; addr += Address.PAGE_SIZE) {
            if (mapCachedPage(task, vma, table, addr, file.mapping()) && addr == vmf.address()) {
                result = FaultResult.NOPAGE;
            }
        }
        platform.tables.pteUnlock(task, table);
        return result;
    }

    /** {@code next_uptodate_folio()} and {@code set_pte_range()}: never waits. */
    private boolean mapCachedPage(Task task, Vma vma, PageTable table, long addr, AddressSpace mapping) {
        int index = (int) vma.pgoffOf(kernel, addr);
        if (index >= mapping.sizePages() || !Pte.isNone(platform.tables.ptepGet(table, addr))) {
            return false;
        }
        Page page = pageCache.findGetPage(task, mapping, index);
        if (page == null) {
            return false;
        }
        boolean locked = platform.folios.tryLock(task, page);
        boolean map = locked && kernel.rcuDereference(page.mapping) == mapping;
        if (map) {
            vma.mm().rss().add(platform.folios.fileCounter(page), 1);
            rmap.addFileRmap(task, page);
            platform.folios.convert(page, RefKind.TRANSIENT, RefKind.MAP);
            platform.tables.install(task, vma, table, addr, Pte.make(page.pfn(), vma.pageProt(kernel)), true);
        }
        if (locked) {
            platform.folios.unlock(task, page);
        }
        if (!map) {
            platform.folios.put(task, page, RefKind.TRANSIENT);
        }
        return map;
    }
}
