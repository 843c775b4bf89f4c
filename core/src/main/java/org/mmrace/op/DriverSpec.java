package org.mmrace.op;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a driver maps its file.
 *
 * @param set {@code VM_*} flags that {@code ->mmap} sets
 * @param clear {@code VM_*} flags that it clears
 * @param mmap the function with which {@code ->mmap} inserts pages, null for none
 * @param inserts the pages that it inserts, by name
 * @param fault the {@code ->fault} handler
 * @param mapPages whether there is a {@code ->map_pages}, so that faults may run under the VMA lock
 * @param pageMkwrite the {@code ->page_mkwrite} handler
 * @param pfnMkwrite the {@code ->pfn_mkwrite} handler
 * @param setsPageProt whether {@code ->mmap} calls {@code vma_set_page_prot()} before it inserts, so that write-notify
 *     is in the protection of what it inserts
 */
public record DriverSpec(
        List<String> set,
        List<String> clear,
        @Nullable Insert mmap,
        List<String> inserts,
        Fault fault,
        boolean mapPages,
        Mkwrite pageMkwrite,
        Mkwrite pfnMkwrite,
        boolean setsPageProt) {
    /** A driver that sets no flags and has no handlers. */
    public static final DriverSpec PLAIN =
            new DriverSpec(List.of(), List.of(), null, List.of(), Fault.NONE, false, Mkwrite.NONE, Mkwrite.NONE, false);

    /** As this one, with these flags set. */
    public DriverSpec withSet(List<String> flags) {
        return new DriverSpec(flags, clear, mmap, inserts, fault, mapPages, pageMkwrite, pfnMkwrite, setsPageProt);
    }

    /** The functions with which pages are inserted. */
    public enum Insert {
        /** Page by page. */
        VM_INSERT_PAGE,
        /** A batch. */
        VM_INSERT_PAGES,
        /** From the offset of the VMA on. */
        VM_MAP_PAGES,
        /** From the first page on. */
        VM_MAP_PAGES_ZERO,
        /** Consecutive frames from the first page on, over the whole VMA. */
        REMAP_PFN_RANGE;

        /** Its name in the language: the kernel function. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How {@code ->fault} answers; the page is the driver's page for the offset. */
    public enum Fault {
        /** There is no handler. */
        NONE,
        /** Gives the page to the core. */
        PAGE,
        /** {@code vm_insert_page()} of it. */
        INSERT,
        /** {@code vmf_insert_mixed()} of its frame, for a write {@code vmf_insert_mixed_mkwrite()}. */
        MIXED,
        /** {@code vmf_insert_pfn()} of its frame. */
        PFN,
        /** As DAX: {@code vmf_insert_mixed()} of the zeropage for a read, {@code MIXED} for a write. */
        ZEROPAGE;

        /** Its name in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a mkwrite handler answers. */
    public enum Mkwrite {
        /** There is no handler. */
        NONE,
        /** Gives 0: go on. */
        OK,
        /** Takes the zeropage out of every mapping and inserts the driver's frame, as DAX does. */
        REPLACE,
        /** Refuses. */
        SIGBUS;

        /** Its name in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Keeps its own copies of the lists. */
    public DriverSpec {
        set = List.copyOf(set);
        clear = List.copyOf(clear);
        inserts = List.copyOf(inserts);
    }

    /** Whether it has vm_ops of its own. */
    public boolean hasHandlers() {
        return fault != Fault.NONE || mapPages || pageMkwrite != Mkwrite.NONE || pfnMkwrite != Mkwrite.NONE;
    }
}
