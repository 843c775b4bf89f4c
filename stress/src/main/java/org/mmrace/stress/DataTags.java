package org.mmrace.stress;

import org.jspecify.annotations.Nullable;

/**
 * What stores write: a value that says where it belongs. A shared store names file and page, a private one the address
 * space, the page, and how often that address space had been forked. So a load can tell data that may be there from
 * data that has leaked.
 */
final class DataTags {
    private static final int TYPE_SHIFT = 61;
    private static final long SHARED = 1;
    private static final long PRIVATE = 2;
    private static final int PAGE_SHIFT = 52;
    private static final long PAGE_MASK = (1 << 9) - 1;
    private static final int FILE_SHIFT = 42;
    private static final long FILE_MASK = (1 << 10) - 1;
    private static final int MM_SHIFT = 32;
    private static final long MM_MASK = (1 << 20) - 1;

    private DataTags() {}

    /** What is written to page {@code index} of a file. */
    static long shared(int fileId, int index, long serial) {
        return SHARED << TYPE_SHIFT
                | (long) index << PAGE_SHIFT
                | ((fileId & FILE_MASK) << FILE_SHIFT)
                | (serial & (1L << FILE_SHIFT) - 1);
    }

    /** What is written through a private mapping; {@code forks} is read before the store begins. */
    static long privately(long mmId, int pageNumber, int forks) {
        return PRIVATE << TYPE_SHIFT
                | (long) pageNumber << PAGE_SHIFT
                | (mmId & MM_MASK) << MM_SHIFT
                | Integer.toUnsignedLong(forks);
    }

    /** Whether this was written through a private mapping. */
    static boolean isPrivate(long value) {
        return value >>> TYPE_SHIFT == PRIVATE;
    }

    /** What is wrong with {@code value} at this place, null if it may be there. Zero may be anywhere. */
    static @Nullable String check(Process process, Slot slot, int page, long value) {
        if (value == 0) {
            return null;
        }
        long type = value >>> TYPE_SHIFT;
        int tagPage = (int) (value >>> PAGE_SHIFT & PAGE_MASK);
        if (type == SHARED) {
            FileKind kind = slot.file();
            return kind != null && mayHold(process, kind, page, value, tagPage)
                    ? null
                    : describe(value) + ", which is another page's data";
        }
        if (type != PRIVATE) {
            return "0x" + Long.toHexString(value) + ", which nobody wrote";
        }
        if (slot.shared()) {
            return describe(value) + ", which was written through a private mapping";
        }
        if (tagPage != slot.pageNumber(page)) {
            return describe(value) + ", which was written to another page";
        }
        long mm = value >>> MM_SHIFT & MM_MASK;
        if (mm == (process.mm().id() & MM_MASK)) {
            return null;
        }
        if (mm != (process.parentId() & MM_MASK)) {
            return describe(value) + ", which belongs to a process that is no parent";
        }
        return (int) value - process.birth() < 0 ? null : describe(value) + ", which its parent wrote after the fork";
    }

    private static boolean mayHold(Process process, FileKind kind, int page, long value, int tagPage) {
        int fileId = (int) (value >>> FILE_SHIFT & FILE_MASK);
        return kind.hasDeviceMemory()
                ? FileSet.kindOf(fileId).hasDeviceMemory()
                : tagPage == page && fileId == process.files().id(kind);
    }

    /** For reports. */
    static String describe(long value) {
        long type = value >>> TYPE_SHIFT;
        long page = value >>> PAGE_SHIFT & PAGE_MASK;
        if (type == SHARED) {
            return "data of file " + (value >>> FILE_SHIFT & FILE_MASK) + " page " + page;
        }
        return type == PRIVATE
                ? "data of mm" + (value >>> MM_SHIFT & MM_MASK) + " page " + page + " fork " + (int) value
                : "0x" + Long.toHexString(value);
    }
}
