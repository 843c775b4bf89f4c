package org.mmrace.mm;

import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * Files of {@code memfd_secret(2)} (mm/secretmem.c): the kernel takes their pages out of its own map, so that nobody
 * but the process may reach them, and GUP never gives one.
 */
final class Secretmem {
    private final Platform platform;
    private final Kernel kernel;
    private final PageCache pageCache;

    Secretmem(Platform platform, PageCache pageCache) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.pageCache = pageCache;
    }

    /** {@code secretmem_mmap()}: shared only, and locked into memory. */
    int mmap(Task task, Vma vma, AddressSpace mapping) {
        if ((vma.flags(kernel) & (VmFlags.SHARED | VmFlags.MAYSHARE)) == 0) {
            return -Errno.EINVAL;
        }
        vma.modifyFlags(kernel, platform.monitor, task, VmFlags.LOCKED, 0);
        vma.setOps(kernel, operations(mapping));
        return 0;
    }

    /** {@code secretmem_vm_ops}: without {@code ->map_pages}, so faults take mmap_lock. */
    private VmOperations operations(AddressSpace mapping) {
        return new VmOperations() {
            @Override
            public boolean hasFault() {
                return true;
            }

            @Override
            public int fault(Task task, VmFault vmf) {
                return secretmemFault(task, vmf, mapping);
            }
        };
    }

    /** {@code secretmem_fault()}: the page, made if need be, locked and with a reference. */
    private int secretmemFault(Task task, VmFault vmf, AddressSpace mapping) {
        int index = (int) vmf.pgoff();
        if (index >= mapping.sizePages()) {
            return FaultResult.SIGBUS;
        }
        kernel.downRead(task, mapping.invalidateLock);
        Page page = pageCache.findOrAdd(task, mapping, index);
        if (page != null) {
            platform.folios.lock(task, page);
            vmf.setPage(page);
        }
        kernel.upRead(task, mapping.invalidateLock);
        return page == null ? FaultResult.OOM : FaultResult.LOCKED;
    }
}
