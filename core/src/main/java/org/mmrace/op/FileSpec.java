package org.mmrace.op;

import java.util.List;
import java.util.Locale;
import org.mmrace.mm.AddressSpace;

/**
 * A file of a scenario.
 *
 * @param name how the scenario calls it
 * @param kind what maps it and where its pages are
 * @param pages its size
 * @param readOnly whether it is open for reading only
 * @param order of a ring buffer: a sub-buffer has {@code 1 << order} pages; 0 for other files
 * @param backing of a driver: its page for each page of the file, by name, {@code Z} for the zeropage; the frames
 *     behind the end of the list are device memory without struct pages
 */
public record FileSpec(String name, Kind kind, int pages, boolean readOnly, int order, List<String> backing) {
    /** The kinds of files. */
    public enum Kind {
        /** Shared memory. */
        SHMEM(AddressSpace.Kind.SHMEM),
        /** A file in the page cache of a filesystem with writeback. */
        PAGE_CACHE(AddressSpace.Kind.PAGE_CACHE),
        /** A file on a DAX filesystem such as ext4. */
        DAX(AddressSpace.Kind.FSDAX),
        /** A file on virtiofs with DAX: its mappings are VM_MIXEDMAP. */
        VIRTIOFS(AddressSpace.Kind.FSDAX),
        /** A character device: the driver of {@link DriverSpec} maps it. */
        DRIVER(AddressSpace.Kind.DEVICE),
        /** A regular DAX file whose pages come from a driver. */
        DAX_DRIVER(AddressSpace.Kind.DEVICE_DAX_INODE),
        /** Secret memory; the kernel must have it. */
        SECRETMEM(AddressSpace.Kind.SECRETMEM),
        /** A file on hugetlbfs. */
        HUGETLB(AddressSpace.Kind.HUGETLB),
        /** A tracing ring buffer; its pages are those of its sub-buffers, the meta page comes on top. */
        RING_BUFFER(AddressSpace.Kind.DEVICE);

        private final AddressSpace.Kind space;

        Kind(AddressSpace.Kind space) {
            this.space = space;
        }

        /** What the model calls it. */
        public AddressSpace.Kind space() {
            return space;
        }

        /** Whether a {@link DriverSpec} says how it is mapped. */
        public boolean isDriver() {
            return this == DRIVER || this == DAX_DRIVER;
        }

        /** Its name in the language, such as {@code page-cache}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Keeps its own copy of the list. */
    public FileSpec {
        backing = List.copyOf(backing);
    }
}
