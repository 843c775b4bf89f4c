package org.mmrace.vectors;

import org.jspecify.annotations.Nullable;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.FileOperations;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.VmOperations;

/**
 * The VMA shorthands of kernel-semantics.md section 15: what is passed to mmap, and what the driver's hook does.
 *
 * @param file what is mapped, null for anonymous memory
 * @param shared MAP_SHARED
 * @param prot VM_READ and VM_WRITE
 * @param writable whether the file is open for writing
 * @param set flags that the hook sets
 * @param clear flags that the hook clears
 * @param ops what the hook sets as vm_ops, null to leave them
 * @param hook what the hook does last
 * @param pages length
 * @param pgoff offset in the file
 */
record VmaShape(
        AddressSpace.@Nullable Kind file,
        boolean shared,
        long prot,
        boolean writable,
        long set,
        long clear,
        @Nullable VmOperations ops,
        FileOperations hook,
        int pages,
        long pgoff) {
    private static final int PAGES = 32;
    private static final long R = VmFlags.READ;
    private static final long RW = VmFlags.READ | VmFlags.WRITE;
    private static final FileOperations NOTHING = (task, vma) -> 0;

    /** Operations with a page_mkwrite that does nothing. */
    static final VmOperations PAGE_MKWRITE = new VmOperations() {
        @Override
        public boolean hasPageMkwrite() {
            return true;
        }
    };

    /** Operations with a pfn_mkwrite that does nothing. */
    static final VmOperations PFN_MKWRITE = new VmOperations() {
        @Override
        public boolean hasPfnMkwrite() {
            return true;
        }
    };

    /** The ring buffer: shared, never writable. */
    static final VmaShape RB = driver(true, R).flags(0, VmFlags.MAYWRITE);

    /** Shared, of a file that is open for reading. */
    static final VmaShape RBO = new VmaShape(AddressSpace.Kind.DEVICE, true, R, false, 0, 0, null, NOTHING, PAGES, 0);

    /** Shared, may become writable. */
    static final VmaShape SHM = driver(true, R);

    /** Shared, writable. */
    static final VmaShape SHW = driver(true, RW);

    /** Shared, writable, with page_mkwrite. */
    static final VmaShape SHPM = SHW.ops(PAGE_MKWRITE);

    /** Private, of a driver. */
    static final VmaShape PRV = driver(false, RW);

    /** Shared, writable, VM_IO, with pfn_mkwrite. */
    static final VmaShape IOK =
            driver(true, RW).flags(VmFlags.IO | VmFlags.MIXEDMAP, 0).ops(PFN_MKWRITE);

    /** Page frames. */
    static final VmaShape PFN = driver(true, R).flags(VmFlags.PFNMAP | VmFlags.IO, VmFlags.MAYWRITE);

    /** FSDAX, shared. */
    static final VmaShape DAXS = file(AddressSpace.Kind.FSDAX, true, RW);

    /** FSDAX, private. */
    static final VmaShape DAXP = file(AddressSpace.Kind.FSDAX, false, RW);

    /** FSDAX as virtiofs maps it, with VM_MIXEDMAP. */
    static final VmaShape DAXV = DAXS.flags(VmFlags.MIXEDMAP, 0);

    /** Anonymous. */
    static final VmaShape ANON = anonymous(RW);

    /** Anonymous, not writable now. */
    static final VmaShape ANONRO = anonymous(R);

    static VmaShape driver(boolean shared, long prot) {
        return file(AddressSpace.Kind.DEVICE, shared, prot);
    }

    static VmaShape file(AddressSpace.Kind kind, boolean shared, long prot) {
        return new VmaShape(kind, shared, prot, true, 0, 0, null, NOTHING, PAGES, 0);
    }

    static VmaShape anonymous(long prot) {
        return new VmaShape(null, false, prot, true, 0, 0, null, NOTHING, PAGES, 0);
    }

    /** With more flags set and cleared by the hook. */
    VmaShape flags(long more, long less) {
        long sum = (set | more) & ~less;
        return new VmaShape(file, shared, prot, writable, sum, clear | less, ops, hook, pages, pgoff);
    }

    /** With these operations. */
    VmaShape ops(VmOperations value) {
        return new VmaShape(file, shared, prot, writable, set, clear, value, hook, pages, pgoff);
    }

    /** With something that the driver does inside {@code ->mmap}, after flags and operations are set. */
    VmaShape insideMmap(FileOperations value) {
        return new VmaShape(file, shared, prot, writable, set, clear, ops, value, pages, pgoff);
    }

    /** Of this length, from this page of the file on. */
    VmaShape part(int count, long from) {
        return new VmaShape(file, shared, prot, writable, set, clear, ops, hook, count, from);
    }
}
