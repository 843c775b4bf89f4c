package org.mmrace.stress;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mmrace.mm.Address;
import org.mmrace.mm.Mm;
import org.mmrace.mm.VmFlags;

/**
 * The mappings of a process. Each has its place, the same in every process and for ever, so that data tells where it
 * belongs. Few pages, so that workers meet.
 */
public enum Slot {
    /** Private anonymous memory. */
    ANON(null, false, VmFlags.READ | VmFlags.WRITE),
    /** Shared memory. */
    SHMEM_SHARED(FileKind.SHMEM, true, VmFlags.READ | VmFlags.WRITE),
    /** A private mapping of it. */
    SHMEM_PRIVATE(FileKind.SHMEM, false, VmFlags.READ | VmFlags.WRITE),
    /** A file in the page cache. */
    CACHE_SHARED(FileKind.CACHE, true, VmFlags.READ | VmFlags.WRITE),
    /** A private mapping of it. */
    CACHE_PRIVATE(FileKind.CACHE, false, VmFlags.READ | VmFlags.WRITE),
    /** What a debugger writes to with FOLL_FORCE. */
    CACHE_FORCED(FileKind.CACHE, false, VmFlags.READ),
    /** A shared mapping of it that was opened for reading. */
    CACHE_READ_ONLY(FileKind.CACHE, true, VmFlags.READ),
    /** A DAX file. */
    DAX_SHARED(FileKind.DAX, true, VmFlags.READ | VmFlags.WRITE),
    /** A private mapping of it. */
    DAX_PRIVATE(FileKind.DAX, false, VmFlags.READ | VmFlags.WRITE),
    /** A DAX file on virtiofs. */
    VIRTIOFS_SHARED(FileKind.VIRTIOFS, true, VmFlags.READ | VmFlags.WRITE),
    /** A ring buffer. */
    RING(FileKind.RING, true, VmFlags.READ),
    /** Constant data of a driver. */
    CONSTANTS(FileKind.CONSTANTS, true, VmFlags.READ),
    /** Pages of a driver, shared and writable. */
    BUFFER(FileKind.BUFFER, true, VmFlags.READ | VmFlags.WRITE),
    /** Pages of a driver, mapped privately. */
    TEMPLATE(FileKind.TEMPLATE, false, VmFlags.READ | VmFlags.WRITE),
    /** Device memory with zeropages. */
    IO(FileKind.IO, true, VmFlags.READ | VmFlags.WRITE),
    /** Frames without struct pages. */
    FRAMES(FileKind.FRAMES, true, VmFlags.READ | VmFlags.WRITE),
    /** Frames without struct pages, mapped privately. */
    PRIVATE_FRAMES(FileKind.PRIVATE_FRAMES, false, VmFlags.READ | VmFlags.WRITE),
    /** Frames with and without struct pages. */
    MIXED(FileKind.MIXED, true, VmFlags.READ | VmFlags.WRITE),
    /** Persistent memory of a driver. */
    DAX_DEVICE(FileKind.DAX_DEVICE, true, VmFlags.READ | VmFlags.WRITE);

    /** Pages of each file and mapping. */
    public static final int PAGES = 8;

    /** More than {@code vm_insert_pages()} inserts in one go. */
    public static final int RING_PAGES = 12;

    private static final int FIRST_PAGE = 16;
    private static final int GAP = 1;
    private static final Slot[] SLOTS = values();

    private final @Nullable FileKind file;
    private final boolean shared;
    private final long prot;
    private final int firstPage;

    Slot(@Nullable FileKind file, boolean shared, long prot) {
        this.file = file;
        this.shared = shared;
        this.prot = prot;
        // The one before RING are of equal size; those behind it are further away by what RING is longer.
        this.firstPage = FIRST_PAGE + ordinal() * (8 + GAP) + (ordinal() > 10 ? 4 : 0);
    }

    /** The first page behind all slots. */
    static int endPage() {
        Slot last = SLOTS[SLOTS.length - 1];
        return last.firstPage + last.pages();
    }

    /** Whether user space is large enough with tables of this size. */
    static boolean fits(int ptrsPerTable) {
        return (long) ptrsPerTable * ptrsPerTable * ptrsPerTable >= endPage();
    }

    /** The slot of an address, null for none. */
    public static @Nullable Slot at(long addr) {
        for (Slot slot : SLOTS) {
            if (addr >= slot.start() && addr < slot.addr(slot.pages())) {
                return slot;
            }
        }
        return null;
    }

    /** The first slot that maps this file; of those with shared mappings a shared one. */
    static Slot sharing(FileKind kind) {
        for (Slot slot : SLOTS) {
            if (slot.maps(kind)) {
                return slot;
            }
        }
        throw new IllegalArgumentException("nobody maps " + kind);
    }

    /** The file that it maps, null for private anonymous memory. */
    public @Nullable FileKind file() {
        return file;
    }

    /** Whether stores are for everybody. */
    public boolean shared() {
        return shared;
    }

    /** Whether it maps this file. */
    boolean maps(FileKind kind) {
        return file == kind;
    }

    /** Whether it maps a file of a DAX filesystem. */
    boolean isFsdax() {
        return file != null && file.isFsdax();
    }

    /** What mmap is asked for. */
    public long prot() {
        return prot;
    }

    /** Whether the file is open for writing. */
    public boolean openForWriting() {
        return (prot & VmFlags.WRITE) != 0;
    }

    public int pages() {
        return file == FileKind.RING ? RING_PAGES : PAGES;
    }

    public long start() {
        return addr(0);
    }

    /** The address of page {@code page}. */
    public long addr(int page) {
        return (firstPage + page) * Address.PAGE_SIZE;
    }

    /** The page of {@code addr}, which lies in this slot. */
    public int pageOf(long addr) {
        return (int) (addr / Address.PAGE_SIZE) - firstPage;
    }

    /** The number that data carries for this page. */
    public int pageNumber(int page) {
        return firstPage + page;
    }

    /** For reports: {@code "mm1 cache_shared[3]"}. */
    String place(Mm mm, int page) {
        return mm + " " + name().toLowerCase(Locale.ROOT) + "[" + page + "]";
    }
}
