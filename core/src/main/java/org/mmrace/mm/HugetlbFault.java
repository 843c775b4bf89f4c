package org.mmrace.mm;

import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** Faults on files of hugetlbfs (mm/hugetlb.c, fs/hugetlbfs/inode.c), as far as shared page tables need them. */
final class HugetlbFault {
    private final Platform platform;
    private final Kernel kernel;
    private final Rmap rmap;
    private final PageCache pageCache;
    private final HugetlbTables hugetlbTables;

    HugetlbFault(Platform platform, Rmap rmap, PageCache pageCache, HugetlbTables hugetlbTables) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.rmap = rmap;
        this.pageCache = pageCache;
        this.hugetlbTables = hugetlbTables;
    }

    /** {@code hugetlbfs_file_mmap()}; private mappings are not modelled. */
    int mmap(Task task, Vma vma) {
        if ((vma.flags(kernel) & VmFlags.MAYSHARE) == 0) {
            return -Errno.EINVAL;
        }
        vma.modifyFlags(kernel, platform.monitor, task, VmFlags.DONTEXPAND, 0);
        return 0;
    }

    /** {@code hugetlb_fault()}: mmap_lock held for reading; under the VMA lock it is dropped and RETRY given. */
    int hugetlbFault(Task task, Vma vma, long addr, int flags) {
        OpenFile file = vma.file();
        if ((flags & VmFault.VMA_LOCK) != 0) {
            platform.vmaLocks.endRead(task, vma);
            return FaultResult.RETRY;
        }
        int index = (int) vma.pgoffOf(kernel, addr);
        if (file == null || index >= file.mapping().sizePages()) {
            return FaultResult.SIGBUS;
        }
        PageTable pmd = hugetlbTables.hugePteAlloc(task, vma, addr);
        if (pmd == null || !platform.tables.pteAlloc(task, pmd, addr)) {
            return FaultResult.OOM;
        }
        Page page = pageCache.findOrAdd(task, file.mapping(), index);
        if (page == null) {
            return FaultResult.OOM;
        }
        platform.folios.lock(task, page);
        PageTable table = platform.tables.pteOffsetMapLock(task, pmd, addr);
        boolean install = table != null && Pte.isNone(platform.tables.ptepGet(table, addr));
        if (table != null && install) {
            rmap.addFileRmap(task, page);
            platform.folios.convert(page, RefKind.TRANSIENT, RefKind.MAP);
            platform.tables.install(task, vma, table, addr, Pte.make(page.pfn(), vma.pageProt(kernel)), true);
        }
        if (table != null) {
            platform.tables.pteUnlock(task, table);
        }
        platform.folios.unlock(task, page);
        if (!install) {
            platform.folios.put(task, page, RefKind.TRANSIENT);
        }
        return FaultResult.NONE;
    }
}
