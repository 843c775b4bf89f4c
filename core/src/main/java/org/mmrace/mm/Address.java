package org.mmrace.mm;

/** Arithmetic on user addresses, in bytes. */
public final class Address {
    /** log2 of the page size. */
    public static final int PAGE_SHIFT = 12;

    /** Bytes of a page. */
    public static final long PAGE_SIZE = 1L << PAGE_SHIFT;

    private Address() {}

    /** The first byte of the page of {@code addr}. */
    public static long pageStart(long addr) {
        return addr & -PAGE_SIZE;
    }

    /** {@code length} rounded up to whole pages. */
    public static long pageAlign(long length) {
        return pageStart(length + PAGE_SIZE - 1);
    }

    /** Whether {@code addr} is the first byte of a page. */
    public static boolean isAligned(long addr) {
        return (addr & (PAGE_SIZE - 1)) == 0;
    }
}
