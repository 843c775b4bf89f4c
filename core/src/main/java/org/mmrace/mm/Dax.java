package org.mmrace.mm;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.DaxStyle;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * Faults on files of a DAX filesystem, in the way of ext4 (fs/dax.c, fs/ext4/file.c): pages of memory mapped directly.
 */
public final class Dax {
    static final long HOLE = 0;
    static final long UNWRITTEN = 1;

    private final Platform platform;
    private final Kernel kernel;
    private final DaxEntries entries;
    private final InsertPfn insertPfn;
    private final FileFault fileFault;
    private final Zap zap;

    Dax(Platform platform, DaxEntries entries, InsertPfn insertPfn, FileFault fileFault, Zap zap) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.entries = entries;
        this.insertPfn = insertPfn;
        this.fileFault = fileFault;
        this.zap = zap;
    }

    /** The operations of a VMA that maps this file ({@code ext4_dax_vm_ops}). */
    public VmOperations operations(AddressSpace mapping) {
        return new VmOperations() {
            @Override
            public boolean hasFault() {
                return true;
            }

            @Override
            public boolean hasPageMkwrite() {
                return true;
            }

            @Override
            public boolean hasPfnMkwrite() {
                return true;
            }

            @Override
            public int fault(Task task, VmFault vmf) {
                return daxFault(task, vmf, mapping);
            }

            @Override
            public int pageMkwrite(Task task, VmFault vmf) {
                return daxFault(task, vmf, mapping);
            }

            @Override
            public int pfnMkwrite(Task task, VmFault vmf) {
                return daxFault(task, vmf, mapping);
            }
        };
    }

    /** {@code ext4_dax_huge_fault()}. */
    private int daxFault(Task task, VmFault vmf, AddressSpace mapping) {
        kernel.downRead(task, mapping.invalidateLock);
        int result = daxIomapPteFault(task, vmf, mapping);
        kernel.upRead(task, mapping.invalidateLock);
        return result;
    }

    /** {@code dax_iomap_pte_fault()}. */
    private int daxIomapPteFault(Task task, VmFault vmf, AddressSpace mapping) {
        int index = (int) vmf.pgoff();
        Page cow = vmf.cowPage();
        boolean write = vmf.has(VmFault.WRITE) && cow == null;
        if (index >= mapping.sizePages()) {
            return FaultResult.SIGBUS;
        }
        long entry = entries.grab(task, mapping, index);
        if (becameHuge(vmf)) {
            unlock(task, mapping, index);
            return FaultResult.NOPAGE;
        }
        long block = write ? allocateBlock(task, mapping, index) : kernel.readOnce(mapping.blocks, index);
        boolean hole = block == HOLE || block == UNWRITTEN;
        int result;
        if (write && hole) {
            result = FaultResult.OOM;
        } else if (cow != null) {
            result = faultCowPage(task, vmf, cow, block);
        } else if (hole) {
            insertEntry(task, mapping, index, entry, DaxEntries.ZERO);
            unlockEarly(task, mapping, index);
            result = insert(task, vmf, Memory.ZERO_PFN, false);
        } else {
            long pfn = blockPfn(block);
            insertEntry(task, mapping, index, entry, DaxEntries.ofPfn(pfn));
            if (write) {
                entries.tagDirty(task, mapping, index);
            }
            unlockEarly(task, mapping, index);
            result = insert(task, vmf, pfn, write);
        }
        if (!platform.config.has(Fault.B67) || cow != null || result == FaultResult.OOM) {
            unlock(task, mapping, index);
        }
        return result;
    }

    /** Whether somebody has mapped the whole table's range since this fault began: the CPU faults again then. */
    private boolean becameHuge(VmFault vmf) {
        PageTable pmd = vmf.pmd.get();
        return pmd != null && platform.tables.isHuge(pmd, vmf.address()) && !platform.config.has(Fault.B65);
    }

    private int insert(Task task, VmFault vmf, long pfn, boolean write) {
        Page page = platform.memory.page(pfn);
        if (platform.config.daxStyle() == DaxStyle.REFCOUNTED && page != null) {
            return insertPfn.vmfInsertPageMkwrite(task, vmf.vma(), vmf.address(), page, write);
        }
        return write
                ? insertPfn.vmfInsertMixedMkwrite(task, vmf.vma(), vmf.address(), pfn)
                : insertPfn.vmfInsertMixed(task, vmf.vma(), vmf.address(), pfn);
    }

    /** B67: the entry lock does not cover the insertion. */
    private void unlockEarly(Task task, AddressSpace mapping, int index) {
        if (platform.config.has(Fault.B67)) {
            unlock(task, mapping, index);
        }
    }

    private void unlock(Task task, AddressSpace mapping, int index) {
        platform.monitor.daxEntryUnlocking(task, mapping, index, kernel.readOnce(mapping.iPages, index));
        entries.unlock(task, mapping, index);
    }

    static long blockPfn(long block) {
        return block >>> 1;
    }

    /** {@code ->iomap_begin(IOMAP_WRITE)}: the file system allocates a zeroed block; gives its state afterwards. */
    long allocateBlock(Task task, AddressSpace mapping, int index) {
        while (true) {
            long block = kernel.readOnce(mapping.blocks, index);
            if (block != HOLE && block != UNWRITTEN) {
                return block;
            }
            Page page = platform.memory.alloc(task, PageKind.DEVMAP);
            if (page == null) {
                return block;
            }
            kernel.rcuAssignPointer(page.mapping, mapping);
            kernel.writePlain(page.index, index);
            if (kernel.cmpxchg(mapping.blocks, index, block, page.pfn() << 1)) {
                return page.pfn() << 1;
            }
            platform.folios.put(task, page, RefKind.OWNER);
        }
    }

    /** {@code dax_fault_cow_page()}: a private write gets its copy here. */
    private int faultCowPage(Task task, VmFault vmf, Page cow, long block) {
        boolean hole = block == HOLE || block == UNWRITTEN;
        platform.memory.setContents(task, cow.pfn(), hole ? 0 : platform.memory.contents(blockPfn(block)));
        int result = fileFault.finishFault(task, vmf, cow);
        return result == FaultResult.NONE ? FaultResult.DONE_COW : result;
    }

    /**
     * {@code dax_insert_entry()}: when a hole is filled, the zeropage goes from every mapping before the entry says so.
     */
    private void insertEntry(Task task, AddressSpace mapping, int index, long old, long value) {
        if (DaxEntries.isZero(old) && value != DaxEntries.ZERO) {
            zap.unmapMappingPages(task, mapping, index, 1, false);
        }
        if (!DaxEntries.isPfn(old) || DaxEntries.isPfn(value)) {
            entries.store(task, mapping, index, value);
        }
    }

    /** The page that backs page {@code index} of the file, or null for a hole. */
    public @Nullable Page blockPage(AddressSpace mapping, int index) {
        long block = kernel.readOnce(mapping.blocks, index);
        return block == HOLE || block == UNWRITTEN ? null : platform.memory.page(blockPfn(block));
    }
}
