package org.mmrace.stress;

import java.util.Locale;

/** What the workers do, under the names of the kernel's functions and system calls. */
public enum Operation {
    /** A driver maps one page. */
    VM_INSERT_PAGE,
    /** A driver maps several pages. */
    VM_INSERT_PAGES,
    /** A file is mapped anew, and its mmap hook calls {@code vm_map_pages()}. */
    VM_MAP_PAGES,
    /** The same with {@code vm_map_pages_zero()}. */
    VM_MAP_PAGES_ZERO,
    /** The same with {@code remap_pfn_range()}. */
    REMAP_PFN_RANGE,
    /** A driver maps a frame without counting it. */
    VMF_INSERT_MIXED,
    /** The same, for a write fault. */
    VMF_INSERT_MIXED_MKWRITE,
    /** A driver maps a frame that has no struct page. */
    VMF_INSERT_PFN,
    /** {@code munmap(2)}. */
    MUNMAP,
    /** {@code mmap(2)} at a fixed place. */
    MMAP,
    /** {@code madvise(MADV_DONTNEED)}. */
    MADV_DONTNEED,
    /** {@code madvise(MADV_FREE)}. */
    MADV_FREE,
    /** {@code madvise(MADV_PAGEOUT)}. */
    MADV_PAGEOUT,
    /** {@code fallocate(FALLOC_FL_PUNCH_HOLE)}. */
    PUNCH_HOLE,
    /** {@code ftruncate(2)}. */
    TRUNCATE,
    /** A driver unmaps a part of its file everywhere. */
    UNMAP_MAPPING_PAGES,
    /** A driver zaps a part of one VM_PFNMAP mapping. */
    ZAP_VMA_PTES,
    /** Slow GUP with FOLL_GET. */
    GET_USER_PAGES,
    /** Fast GUP with FOLL_GET. */
    GET_USER_PAGES_FAST,
    /** Slow GUP with FOLL_PIN. */
    PIN_USER_PAGES,
    /** Fast GUP with FOLL_PIN. */
    PIN_USER_PAGES_FAST,
    /** {@code put_page()} of a get. */
    PUT_PAGE,
    /** {@code unpin_user_page()}. */
    UNPIN_USER_PAGE,
    /** {@code mprotect(2)}. */
    MPROTECT,
    /** A load instruction. */
    LOAD,
    /** A store instruction. */
    STORE,
    /** {@code write(2)}. */
    WRITE,
    /** {@code fallocate(2)}. */
    FALLOCATE,
    /** {@code fsync(2)}. */
    FSYNC,
    /** Writeback of one page of a file. */
    WRITEPAGES,
    /** Reclaim of one page of a file. */
    SHRINK_FOLIO_LIST,
    /** Reclaim of some frames, whatever they are used for. */
    SHRINK_INACTIVE_LIST,
    /** {@code fork(2)}. */
    FORK,
    /** {@code exit_mmap()} of a child. */
    EXIT_MMAP;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Its name in tables and files. */
    public String label() {
        return label;
    }
}
