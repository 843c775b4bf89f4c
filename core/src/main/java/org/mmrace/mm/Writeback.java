package org.mmrace.mm;

import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * Writing dirty pages of files back: {@code folio_clear_dirty_for_io()} (mm/page-writeback.c) and
 * {@code dax_writeback_one()} (fs/dax.c). What a page held at that moment is what the disk, or persistent memory,
 * keeps.
 */
public final class Writeback {
    private final Platform platform;
    private final Kernel kernel;
    private final PageCache pageCache;
    private final PageClean pageClean;
    private final DaxEntries entries;

    Writeback(Platform platform, PageCache pageCache, PageClean pageClean, DaxEntries entries) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.pageCache = pageCache;
        this.pageClean = pageClean;
        this.entries = entries;
    }

    /** {@code fsync(2)}: every dirty page of the file is written; 0, or -EINVAL for a file that is never written. */
    public int fsync(Task task, AddressSpace mapping) {
        if (!mapping.canWriteback()) {
            return -Errno.EINVAL;
        }
        for (int index = 0; index < mapping.capacity(); index++) {
            writePage(task, mapping, index);
        }
        return 0;
    }

    /** Writes page {@code index} of a file if it has writeback and the page is dirty; whether it was written. */
    public boolean writePage(Task task, AddressSpace mapping, int index) {
        return switch (mapping.kind()) {
            case FSDAX -> daxWritebackOne(task, mapping, index);
            case PAGE_CACHE -> writeCachePage(task, mapping, index);
            default -> false;
        };
    }

    /**
     * {@code writeback_iter()} and the filesystem's {@code ->writepages} for one page, which stays locked meanwhile.
     */
    private boolean writeCachePage(Task task, AddressSpace mapping, int index) {
        Page page = pageCache.findGetPage(task, mapping, index);
        if (page == null) {
            return false;
        }
        platform.folios.lock(task, page);
        boolean write = kernel.rcuDereference(page.mapping) == mapping && folioClearDirtyForIo(task, page);
        if (write) {
            platform.monitor.captured(task, page);
            kernel.writeOnce(mapping.disk, index, platform.memory.contents(page.pfn()));
        }
        platform.folios.unlock(task, page);
        platform.folios.put(task, page, RefKind.TRANSIENT);
        return write;
    }

    /** {@code folio_clear_dirty_for_io()}: the entries first, so that the next store makes the page dirty again. */
    private boolean folioClearDirtyForIo(Task task, Page page) {
        if (pageClean.folioMkclean(task, page) > 0) {
            platform.folios.set(page, Page.DIRTY);
        }
        boolean dirty = platform.folios.isDirty(page);
        platform.folios.clear(page, Page.DIRTY);
        return dirty;
    }

    /** {@code dax_writeback_one()}: under the entry lock, for which later write faults wait. */
    private boolean daxWritebackOne(Task task, AddressSpace mapping, int index) {
        if (kernel.readOnce(mapping.dirtyTags, index) == 0) {
            return false;
        }
        long entry = entries.grab(task, mapping, index);
        boolean write = DaxEntries.isPfn(entry) && kernel.readOnce(mapping.dirtyTags, index) != 0;
        if (write) {
            long pfn = DaxEntries.pfn(entry);
            pageClean.pfnMkclean(task, mapping, index, pfn);
            Page page = platform.memory.page(pfn);
            if (page != null) {
                platform.monitor.captured(task, page);
            }
            kernel.writeOnce(mapping.dirtyTags, index, 0);
        }
        entries.unlock(task, mapping, index);
        return write;
    }
}
