package org.mmrace.mm;

import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code mfill_atomic_pte()} and what it calls (mm/userfaultfd.c, mm/shmem.c): the VMA is stable and registered. */
final class UffdFill {
    private final Platform platform;
    private final Kernel kernel;
    private final Rmap rmap;
    private final InsertPage insertPage;
    private final PageCache pageCache;

    UffdFill(Platform platform, Rmap rmap, InsertPage insertPage, PageCache pageCache) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.rmap = rmap;
        this.insertPage = insertPage;
        this.pageCache = pageCache;
    }

    /** Whether a page of the process's own may be placed, and the VMA is not ready for it. */
    boolean needsAnonVma(Vma vma) {
        return (vma.flags(kernel) & VmFlags.SHARED) == 0 && kernel.readOnce(vma.anonVma) == 0;
    }

    /** {@code find_vma_and_prepare_anon()}: mmap_lock held. */
    void prepareAnonVma(Task task, Vma vma) {
        if (needsAnonVma(vma)) {
            kernel.spinLock(task, vma.mm().pageTableLock);
            kernel.writeOnce(vma.anonVma, 1);
            kernel.spinUnlock(task, vma.mm().pageTableLock);
        }
    }

    /** Whether pages go into the file. B64 is of a time when they did for every mapping of shared memory. */
    private boolean fillsFile(Vma vma) {
        return platform.config.has(Fault.B64) ? vma.isShmem() : (vma.flags(kernel) & VmFlags.SHARED) != 0;
    }

    /** {@code mfill_atomic_pte_zeropage()}: an mm that forbids the zeropage gets an empty page of its own. */
    int zeropage(Task task, Vma vma, long addr) {
        if (fillsFile(vma)) {
            return shmemFill(task, vma, addr, 0, false);
        }
        boolean forbidden = kernel.readOnce(vma.mm().forbidsZeropage) != 0;
        if (forbidden && !platform.config.has(Fault.B15)) {
            return copyToNewPage(task, vma, addr, 0, false);
        }
        PageTables tables = platform.tables;
        PageTable table = tables.getLockedPte(task, vma.mm(), addr);
        if (table == null) {
            return -Errno.ENOMEM;
        }
        int result = fileEndsBefore(vma, addr) ? -Errno.EFAULT : -Errno.EEXIST;
        if (result == -Errno.EEXIST && Pte.isNone(tables.ptepGet(table, addr))) {
            long zero = insertPage.mkspecial(Pte.make(Memory.ZERO_PFN, vma.pageProt(kernel)));
            tables.install(task, vma, table, addr, zero, false);
            result = 0;
        }
        tables.pteUnlock(task, table);
        return result;
    }

    /** {@code mfill_atomic_pte_copy()}, or for what is shared {@code shmem_mfill_atomic_pte()}. */
    int copy(Task task, Vma vma, long addr, long value, boolean writeProtect) {
        return fillsFile(vma)
                ? shmemFill(task, vma, addr, value, writeProtect)
                : copyToNewPage(task, vma, addr, value, writeProtect);
    }

    private int copyToNewPage(Task task, Vma vma, long addr, long value, boolean writeProtect) {
        Page page = platform.memory.alloc(task, PageKind.ANON);
        if (page == null) {
            return -Errno.ENOMEM;
        }
        platform.memory.setContents(task, page.pfn(), value);
        int error = installPte(task, vma, addr, page, false, writeProtect);
        if (error != 0) {
            platform.folios.put(task, page, RefKind.OWNER);
        }
        return error;
    }

    /** {@code shmem_mfill_atomic_pte()}: a page that the file does not have yet. */
    private int shmemFill(Task task, Vma vma, long addr, long value, boolean writeProtect) {
        OpenFile file = vma.file();
        if (file == null || fileEndsBefore(vma, addr)) {
            return -Errno.EFAULT;
        }
        AddressSpace mapping = file.mapping();
        int index = (int) vma.pgoffOf(kernel, addr);
        Page page = platform.memory.alloc(task, PageKind.SHMEM);
        if (page == null) {
            return -Errno.ENOMEM;
        }
        platform.memory.setContents(task, page.pfn(), value);
        platform.folios.lock(task, page);
        platform.monitor.fileFilled(task, vma, addr);
        if (!pageCache.addToCache(task, mapping, index, page)) {
            platform.folios.unlock(task, page);
            platform.folios.put(task, page, RefKind.OWNER);
            return -Errno.EEXIST;
        }
        int error = installPte(task, vma, addr, page, true, writeProtect);
        if (error != 0) {
            pageCache.deleteFromCache(task, mapping, index, page);
        }
        platform.folios.unlock(task, page);
        if (error != 0) {
            platform.folios.put(task, page, RefKind.TRANSIENT);
            platform.folios.put(task, page, RefKind.OWNER);
        }
        return error;
    }

    /** {@code mfill_atomic_pte_continue()}. */
    int continueMapping(Task task, Vma vma, long addr) {
        OpenFile file = vma.file();
        int index = (int) vma.pgoffOf(kernel, addr);
        Page page =
                file == null || fileEndsBefore(vma, addr) ? null : pageCache.findGetPage(task, file.mapping(), index);
        if (file == null || page == null) {
            return -Errno.EFAULT;
        }
        platform.folios.lock(task, page);
        boolean current = kernel.rcuDereference(page.mapping) == file.mapping();
        int error = current ? installPte(task, vma, addr, page, true, false) : -Errno.EFAULT;
        platform.folios.unlock(task, page);
        if (error != 0) {
            platform.folios.put(task, page, RefKind.TRANSIENT);
        }
        return error;
    }

    /** {@code mfill_file_over_size()}. */
    private boolean fileEndsBefore(Vma vma, long addr) {
        OpenFile file = vma.file();
        return file != null && vma.pgoffOf(kernel, addr) >= file.mapping().sizePages();
    }

    /**
     * {@code mfill_atomic_install_pte()}: dirty, and writable if the VMA is and the page is not one that a private
     * mapping shares with the file. The reference that comes with the page becomes the mapping's.
     */
    private int installPte(Task task, Vma vma, long addr, Page page, boolean inCache, boolean writeProtect) {
        PageTables tables = platform.tables;
        long flags = vma.flags(kernel);
        long entry = Pte.mkdirty(Pte.make(page.pfn(), vma.pageProt(kernel)));
        if (!inCache || (flags & VmFlags.SHARED) != 0) {
            entry = Pte.maybeMkwrite(entry, flags);
        }
        if (writeProtect) {
            entry = Pte.mkuffdWp(entry);
        }
        PageTable table = tables.getLockedPte(task, vma.mm(), addr);
        if (table == null) {
            return -Errno.ENOMEM;
        }
        int error = fileEndsBefore(vma, addr) ? -Errno.EFAULT : 0;
        if (error == 0 && !Pte.isNone(tables.ptepGet(table, addr))) {
            error = -Errno.EEXIST;
        }
        if (error == 0) {
            if (inCache) {
                rmap.addFileRmap(task, page);
                platform.folios.convert(page, RefKind.TRANSIENT, RefKind.MAP);
            } else {
                rmap.addNewAnonRmap(task, page);
                platform.folios.convert(page, RefKind.OWNER, RefKind.MAP);
            }
            vma.mm().rss().add(platform.folios.counter(page), 1);
            tables.install(task, vma, table, addr, entry, true);
        }
        tables.pteUnlock(task, table);
        return error;
    }
}
