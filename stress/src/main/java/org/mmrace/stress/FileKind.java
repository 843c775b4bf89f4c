package org.mmrace.stress;

import org.mmrace.mm.AddressSpace;

/** The files of a campaign: of every kind that the model knows, and drivers with every way to map pages. */
public enum FileKind {
    /** Shared memory. */
    SHMEM(AddressSpace.Kind.SHMEM),
    /** A file in the page cache, with writeback. */
    CACHE(AddressSpace.Kind.PAGE_CACHE),
    /** A file on a DAX filesystem such as ext4. */
    DAX(AddressSpace.Kind.FSDAX),
    /** A file on virtiofs with DAX: its mappings are VM_MIXEDMAP. */
    VIRTIOFS(AddressSpace.Kind.FSDAX),
    /** A ring buffer: never writable, filled in ->mmap, padded with zeropages. */
    RING(AddressSpace.Kind.DEVICE),
    /** Constant data, opened for reading. */
    CONSTANTS(AddressSpace.Kind.DEVICE),
    /** Shared writable pages that come and go. */
    BUFFER(AddressSpace.Kind.DEVICE),
    /** Pages for private mappings. */
    TEMPLATE(AddressSpace.Kind.DEVICE),
    /** Device memory (VM_IO) with a pfn_mkwrite that replaces the zeropage. */
    IO(AddressSpace.Kind.DEVICE),
    /** Frames without struct pages (VM_PFNMAP), shared. */
    FRAMES(AddressSpace.Kind.DEVICE),
    /** Frames without struct pages, remapped into private mappings. */
    PRIVATE_FRAMES(AddressSpace.Kind.DEVICE),
    /** Frames with and without struct pages (VM_MIXEDMAP), none of them counted. */
    MIXED(AddressSpace.Kind.DEVICE),
    /** A driver whose inode is DAX, with persistent memory and zeropages. */
    DAX_DEVICE(AddressSpace.Kind.DEVICE_DAX_INODE);

    private final AddressSpace.Kind kind;

    FileKind(AddressSpace.Kind kind) {
        this.kind = kind;
    }

    /** What the model calls it. */
    public AddressSpace.Kind kind() {
        return kind;
    }

    /** Whether a driver of ours maps it, rather than the model's own page cache or DAX. */
    public boolean isDriver() {
        return kind == AddressSpace.Kind.DEVICE || kind == AddressSpace.Kind.DEVICE_DAX_INODE;
    }

    /** Whether truncation waits for those who hold its pages. */
    public boolean isFsdax() {
        return kind == AddressSpace.Kind.FSDAX;
    }

    /** Whether it has frames of the machine's device memory, which all such files share. */
    boolean hasDeviceMemory() {
        return switch (this) {
            case FRAMES, PRIVATE_FRAMES, MIXED -> true;
            default -> false;
        };
    }

    /** Whether the driver always maps the same frame at the same place, which it may then do without counting. */
    boolean hasFixedFrames() {
        return switch (this) {
            case IO, FRAMES, PRIVATE_FRAMES, MIXED, DAX_DEVICE -> true;
            default -> false;
        };
    }
}
