package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** write(2), fallocate(2), ftruncate(2) and hole punching, on shared memory, page-cache files and DAX files. */
public final class Files {
    private final Platform platform;
    private final Kernel kernel;
    private final PageCache pageCache;
    private final FilemapFault filemapFault;
    private final Dax dax;
    private final DaxEntries entries;
    private final Zap zap;
    private final Secretmem secretmem;
    private final HugetlbFault hugetlbFault;

    Files(
            Platform platform,
            PageCache pageCache,
            FilemapFault filemapFault,
            Dax dax,
            DaxEntries entries,
            Zap zap,
            HugetlbFault hugetlbFault) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.pageCache = pageCache;
        this.filemapFault = filemapFault;
        this.dax = dax;
        this.entries = entries;
        this.zap = zap;
        this.secretmem = new Secretmem(platform, pageCache);
        this.hugetlbFault = hugetlbFault;
    }

    /** What happens when a file of this kind is mapped: its VMA gets the right operations. */
    public FileOperations operations(AddressSpace mapping) {
        if (mapping.isHugetlb()) {
            return hugetlbFault::mmap;
        }
        if (mapping.isSecretmem()) {
            return (task, vma) -> secretmem.mmap(task, vma, mapping);
        }
        VmOperations ops =
                mapping.kind() == AddressSpace.Kind.FSDAX ? dax.operations(mapping) : filemapFault.operations(mapping);
        return (task, vma) -> {
            vma.setOps(kernel, ops);
            return 0;
        };
    }

    private boolean isDax(AddressSpace mapping) {
        return mapping.kind() == AddressSpace.Kind.FSDAX;
    }

    /** {@code write(2)} of one byte at the start of page {@code index}: 1, or a negative errno. */
    public int write(Task task, OpenFile file, int index, long value) {
        AddressSpace mapping = file.mapping();
        if (!file.writable()) {
            return -Errno.EBADF;
        }
        if (mapping.isSecretmem() || mapping.isHugetlb()) {
            return -Errno.EINVAL;
        }
        kernel.downWrite(task, mapping.inodeLock);
        int result = 1;
        if (isDax(mapping)) {
            result = daxWrite(task, mapping, index, value);
        } else {
            pageCache.write(task, mapping, index, value);
        }
        if (result > 0 && index >= mapping.sizePages()) {
            kernel.writeOnce(mapping.sizePages, index + 1L);
        }
        kernel.upWrite(task, mapping.inodeLock);
        return result;
    }

    /**
     * {@code dax_iomap_rw()}: freshly allocated blocks invalidate what was mapped for the hole. Faults are not
     * excluded.
     */
    private int daxWrite(Task task, AddressSpace mapping, int index, long value) {
        boolean fresh = dax.blockPage(mapping, index) == null;
        dax.allocateBlock(task, mapping, index);
        Page page = dax.blockPage(mapping, index);
        if (page == null) {
            return -Errno.ENOMEM;
        }
        if (fresh) {
            mapping.invalidations().set(index, 1);
            entries.invalidate(task, mapping, index);
            if (!platform.config.has(Fault.B11)) {
                zap.unmapMappingPages(task, mapping, index, 1, false);
            }
            mapping.invalidations().set(index, 0);
            platform.monitor.holeFilled(task, mapping, index);
        }
        platform.memory.setContents(task, page.pfn(), value);
        return 1;
    }

    /** {@code fallocate(2)} without flags: blocks are reserved and stay unwritten. 0, or a negative errno. */
    public int fallocate(Task task, OpenFile file, int index) {
        AddressSpace mapping = file.mapping();
        if (!file.writable()) {
            return -Errno.EBADF;
        }
        if (mapping.isSecretmem() || mapping.isHugetlb()) {
            return -Errno.EOPNOTSUPP;
        }
        kernel.downWrite(task, mapping.inodeLock);
        if (isDax(mapping)) {
            kernel.cmpxchg(mapping.blocks, index, Dax.HOLE, Dax.UNWRITTEN);
        } else if (mapping.isShmem()) {
            pageCache.populate(task, mapping, index);
        }
        kernel.upWrite(task, mapping.inodeLock);
        return 0;
    }

    /** {@code fallocate(FALLOC_FL_PUNCH_HOLE)} of {@code count} pages: 0, or a negative errno. */
    public int punchHole(Task task, OpenFile file, int first, int count) {
        AddressSpace mapping = file.mapping();
        if (!file.writable()) {
            return -Errno.EBADF;
        }
        if (mapping.isSecretmem() || mapping.isHugetlb()) {
            return -Errno.EOPNOTSUPP;
        }
        kernel.downWrite(task, mapping.inodeLock);
        int result = removePages(task, mapping, first, count, false);
        kernel.upWrite(task, mapping.inodeLock);
        return result;
    }

    /** {@code ftruncate(2)} to {@code pages} pages, at most the capacity of the file: 0, or a negative errno. */
    public int truncate(Task task, OpenFile file, int pages) {
        AddressSpace mapping = file.mapping();
        if (!file.writable()) {
            return -Errno.EBADF;
        }
        if (mapping.isSecretmem() || mapping.isHugetlb()) {
            return -Errno.EINVAL; // the size is set once
        }
        kernel.downWrite(task, mapping.inodeLock);
        int old = (int) mapping.sizePages();
        kernel.writeOnce(mapping.sizePages, pages);
        int result = pages < old ? removePages(task, mapping, pages, old - pages, true) : 0;
        kernel.upWrite(task, mapping.inodeLock);
        return result;
    }

    /**
     * {@code drop_caches} for one file ({@code invalidate_mapping_pages()}): unused pages of the page cache go; DAX
     * entries stay, because whatever has an entry may be mapped, and so does secret memory.
     */
    public void dropCaches(Task task, AddressSpace mapping) {
        if (!isDax(mapping)) {
            pageCache.lruAddDrain(task, mapping);
        }
        if (mapping.kind() == AddressSpace.Kind.PAGE_CACHE) {
            pageCache.invalidateUnused(task, mapping);
        }
        if (isDax(mapping) && platform.config.has(Fault.B66)) {
            for (int index = 0; index < mapping.capacity(); index++) {
                entries.delete(task, mapping, index);
            }
        }
    }

    /** inode lock held; {@code evenCows} for truncation. */
    private int removePages(Task task, AddressSpace mapping, int first, int count, boolean evenCows) {
        kernel.downWrite(task, mapping.invalidateLock);
        int result = 0;
        if (isDax(mapping)) {
            result = breakLayouts(task, mapping, first, count);
            if (result == 0) {
                zap.unmapMappingPages(task, mapping, first, count, evenCows);
                for (int index = first; index < first + count; index++) {
                    entries.delete(task, mapping, index);
                }
                freeBlocks(task, mapping, first, count);
            }
        } else {
            pageCache.truncateRange(task, mapping, first, count, evenCows);
        }
        kernel.upWrite(task, mapping.invalidateLock);
        return result;
    }

    /**
     * {@code ext4_break_layouts()}: unmaps, then waits for GUP users of the pages, without the invalidate lock. Whoever
     * maps a page again meanwhile is not waited for, but unmapped in the next turn; 6.15 and later, which count
     * mappings, would wait for them as well.
     */
    private int breakLayouts(Task task, AddressSpace mapping, int first, int count) {
        while (true) {
            zap.unmapMappingPages(task, mapping, first, count, false);
            Page busy = busyPage(mapping, first, count);
            if (busy == null || platform.config.has(Fault.B68)) {
                return 0;
            }
            kernel.upWrite(task, mapping.invalidateLock);
            kernel.waitForRef(task, busy.ref, busy.mapcount, 1, busy);
            kernel.downWrite(task, mapping.invalidateLock);
            if (task.fatalSignalPending()) {
                return -Errno.EINTR;
            }
        }
    }

    private @Nullable Page busyPage(AddressSpace mapping, int first, int count) {
        for (int index = first; index < first + count; index++) {
            Page page = dax.blockPage(mapping, index);
            if (page != null && platform.folios.refCount(page) > 1) {
                return page;
            }
        }
        return null;
    }

    private void freeBlocks(Task task, AddressSpace mapping, int first, int count) {
        platform.monitor.blocksFreeing(task, mapping, first, count);
        for (int index = first; index < first + count; index++) {
            Page page = dax.blockPage(mapping, index);
            kernel.writeOnce(mapping.blocks, index, Dax.HOLE);
            if (page != null) {
                platform.folios.put(task, page, RefKind.OWNER);
            }
        }
    }
}
