package org.mmrace.mm;

/** {@code FOLL_*}: how pages are asked for (include/linux/mm_types.h). */
public final class GupFlags {
    /** The page must be writable. */
    public static final int WRITE = 0x01;
    /** Take a reference. */
    public static final int GET = 0x02;
    /** Core dump: no special pages, and none that no access has made. */
    public static final int DUMP = 0x04;
    /** Ignore missing rights if mprotect could give them. */
    public static final int FORCE = 0x08;
    /** Do not fault. */
    public static final int NOFAULT = 0x10;
    /** For long: no page that the mapping may replace. */
    public static final int LONGTERM = 0x100;
    /** For data transfer: counted apart from references, and exclusive. */
    public static final int PIN = 0x200;
    /** Only without locks. */
    public static final int FAST_ONLY = 0x400;
    /** mmap_lock may be dropped while a page is waited for. */
    public static final int UNLOCKABLE = 0x2000;
    /** Mark what was found accessed. */
    public static final int TOUCH = 0x1000;

    private GupFlags() {}

    /** Whether all of {@code bits} are set in {@code flags}. */
    static boolean all(int flags, int bits) {
        return (flags & bits) == bits;
    }

    /** {@code is_valid_gup_args()}: GET and PIN exclude each other, LONGTERM needs PIN. */
    static boolean valid(int flags) {
        return !all(flags, GET | PIN) && ((flags & LONGTERM) == 0 || (flags & PIN) != 0);
    }
}
