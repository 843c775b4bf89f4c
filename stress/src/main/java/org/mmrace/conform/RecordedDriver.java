package org.mmrace.conform;

import java.util.List;

/**
 * What the recording driver does with a mapping of its file.
 *
 * @param call the kernel function it calls
 * @param when from where it calls
 * @param pages what it passes
 * @param vmOps the operations of its VMAs
 * @param vmFlagsSet set first thing in {@code ->mmap}, by kernel names such as {@code VM_IO}
 * @param vmFlagsCleared cleared at the same time
 * @param fsdaxInode S_DAX is set on the inode
 */
public record RecordedDriver(
        Call call,
        When when,
        List<RecordedPage> pages,
        VmOps vmOps,
        List<String> vmFlagsSet,
        List<String> vmFlagsCleared,
        boolean fsdaxInode) {

    /** Keeps copies of the lists. */
    public RecordedDriver {
        pages = List.copyOf(pages);
        vmFlagsSet = List.copyOf(vmFlagsSet);
        vmFlagsCleared = List.copyOf(vmFlagsCleared);
    }

    /** The kernel function that the driver calls. */
    public enum Call implements Term {
        /** {@code vm_insert_page()}. */
        VM_INSERT_PAGE("vm_insert_page"),
        /** {@code vm_insert_pages()}. */
        VM_INSERT_PAGES("vm_insert_pages"),
        /** {@code vm_map_pages()}. */
        VM_MAP_PAGES("vm_map_pages"),
        /** {@code vm_map_pages_zero()}. */
        VM_MAP_PAGES_ZERO("vm_map_pages_zero"),
        /** {@code vmf_insert_mixed()}. */
        VMF_INSERT_MIXED("vmf_insert_mixed"),
        /** {@code vmf_insert_mixed_mkwrite()}. */
        VMF_INSERT_MIXED_MKWRITE("vmf_insert_mixed_mkwrite"),
        /** None: {@code ->fault} takes a reference on the page and returns it in {@code vmf->page}. */
        RETURN_PAGE_FROM_FAULT("return_page_from_fault");

        private final String term;

        Call(String term) {
            this.term = term;
        }

        @Override
        public String term() {
            return term;
        }
    }

    /** From where the driver calls. */
    public enum When implements Term {
        /** From {@code ->mmap}; {@code ->fault} then returns SIGBUS. */
        MMAP("mmap"),
        /** From {@code ->fault}, on each fault. */
        FAULT("fault");

        private final String term;

        When(String term) {
            this.term = term;
        }

        @Override
        public String term() {
            return term;
        }
    }

    /** The {@code vm_ops} of the driver's VMAs. */
    public enum VmOps implements Term {
        /** No {@code vm_ops} at all. */
        NONE("none"),
        /** {@code ->fault} alone. */
        FAULT("fault"),
        /** Also {@code ->pfn_mkwrite}, which returns SIGBUS. */
        PFN_MKWRITE_SIGBUS("fault+pfn_mkwrite(SIGBUS)"),
        /** Also {@code ->pfn_mkwrite}, which returns 0. */
        PFN_MKWRITE_0("fault+pfn_mkwrite(0)"),
        /** Also {@code ->pfn_mkwrite}, which unmaps the page and inserts a fresh one in its place. */
        PFN_MKWRITE_REPLACE("fault+pfn_mkwrite(replace)");

        private final String term;

        VmOps(String term) {
            this.term = term;
        }

        @Override
        public String term() {
            return term;
        }
    }
}
