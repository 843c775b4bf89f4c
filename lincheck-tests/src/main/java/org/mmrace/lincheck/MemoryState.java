package org.mmrace.lincheck;

import java.util.Arrays;

/**
 * What a driver's mapping consists of between two points: entries, the rights of the VMA, the data of each page, and
 * what each CPU may have cached. Entries are a page number and flags; pages are numbered {@link #ZERO}, then the
 * driver's, then private copies.
 */
final class MemoryState {
    /** No entry. */
    static final int NONE = 0;

    /** The page number of the zeropage. */
    static final int ZERO = 1;

    private static final int WRITABLE = 1;
    private static final int DIRTY = 2;
    private static final int PROTNONE = 4;
    private static final int PAGE_SHIFT = 3;
    private static final int FIRST_DRIVER = 2;

    private final boolean shared;
    private final int addresses;
    private boolean mapped = true;
    private Rights rights;
    private final int[] entries;
    private final int[] tlbs;
    private final long[] contents;

    /** What the VMA allows. */
    enum Rights {
        /** PROT_NONE. */
        NONE,
        /** PROT_READ. */
        READ,
        /** PROT_READ | PROT_WRITE. */
        READ_WRITE
    }

    MemoryState(boolean shared, Rights rights, int addresses) {
        this.shared = shared;
        this.rights = rights;
        this.addresses = addresses;
        this.entries = new int[addresses];
        this.tlbs = new int[addresses * MachineUnderTest.THREAD_IDS];
        this.contents = new long[FIRST_DRIVER + 2 * addresses + tlbs.length];
        for (int at = 0; at < addresses; at++) {
            contents[driverPage(at)] = AbstractMmLincheckTest.driverData(at);
        }
    }

    MemoryState(MemoryState from) {
        shared = from.shared;
        addresses = from.addresses;
        mapped = from.mapped;
        rights = from.rights;
        entries = from.entries.clone();
        tlbs = from.tlbs.clone();
        contents = from.contents.clone();
    }

    boolean mapped() {
        return mapped;
    }

    void unmap() {
        mapped = false;
    }

    Rights rights() {
        return rights;
    }

    void setRights(Rights value) {
        rights = value;
    }

    boolean mayWrite() {
        return rights == Rights.READ_WRITE;
    }

    int entry(int at) {
        return entries[at];
    }

    void clear(int at) {
        entries[at] = NONE;
    }

    /** A driver maps a page, with the rights of the VMA; write-notify and COW are not asked here. */
    void install(int at, int page) {
        entries[at] = withRights(page << PAGE_SHIFT);
    }

    /** The rights of an entry become those of the VMA. */
    void protect(int at) {
        if (entries[at] != NONE) {
            entries[at] = withRights(entries[at]);
        }
    }

    private int withRights(int entry) {
        int bare = entry & ~(WRITABLE | PROTNONE);
        return switch (rights) {
            case NONE -> bare | PROTNONE;
            case READ -> bare;
            case READ_WRITE -> shared || isAnon(bare) ? bare | WRITABLE : bare;
        };
    }

    /** What a write fault leaves: the same private copy, or a new one, writable. */
    void makeWritable(int at) {
        if (!isAnon(entries[at])) {
            copyOnWrite(at);
        }
        entries[at] |= WRITABLE | DIRTY;
    }

    /** A private copy takes the place of the page, after every TLB has forgotten that one. */
    void copyOnWrite(int at) {
        flush(at, at);
        int copy = driverPage(addresses);
        while (isInUse(copy)) {
            copy++;
        }
        contents[copy] = contents[page(entries[at])];
        entries[at] = copy << PAGE_SHIFT;
    }

    private boolean isInUse(int page) {
        return Arrays.stream(entries).anyMatch(entry -> page(entry) == page)
                || Arrays.stream(tlbs).anyMatch(entry -> page(entry) == page);
    }

    /** No TLB has any of these any more. */
    void flush(int first, int last) {
        for (int slot = 0; slot < tlbs.length; slot++) {
            int at = slot % addresses;
            if (at >= first && at <= last) {
                tlbs[slot] = NONE;
            }
        }
    }

    /** The CPU of {@code thread} walks and caches the entry as it is; whether that is news. */
    boolean fill(int at, int thread, boolean write) {
        if (write) {
            entries[at] |= DIRTY;
        }
        int slot = thread * addresses + at;
        boolean news = tlbs[slot] != entries[at];
        tlbs[slot] = entries[at];
        return news;
    }

    /** Whether the TLB of {@code thread} serves a load, or a store, by itself. */
    boolean hits(int at, int thread, boolean write) {
        int cached = tlbs[thread * addresses + at];
        return cached != NONE && (!write || (isWritable(cached) && (cached & DIRTY) != 0));
    }

    long load(int at, int thread) {
        return contents[page(tlbs[thread * addresses + at])];
    }

    void store(int at, int thread, long value) {
        contents[page(tlbs[thread * addresses + at])] = value;
    }

    /** At rest TLBs agree with the entries, and what nobody maps has no data: then they are no state. */
    void normalize() {
        Arrays.fill(tlbs, NONE);
        for (int page = driverPage(addresses); page < contents.length; page++) {
            if (!isInUse(page)) {
                contents[page] = 0;
            }
        }
    }

    static int driverPage(int at) {
        return FIRST_DRIVER + at;
    }

    private static int page(int entry) {
        return entry >> PAGE_SHIFT;
    }

    static boolean isZero(int entry) {
        return page(entry) == ZERO;
    }

    static boolean isWritable(int entry) {
        return (entry & WRITABLE) != 0;
    }

    static boolean isAccessible(int entry) {
        return entry != NONE && (entry & PROTNONE) == 0;
    }

    /** A private copy. */
    boolean isAnon(int entry) {
        return page(entry) >= driverPage(addresses);
    }

    /** As {@link AbstractMmLincheckTest} names what GUP gives: the driver's A and B, Z, or N for a private copy. */
    String name(int entry) {
        return isZero(entry) ? "Z" : isAnon(entry) ? "N" : String.valueOf((char) ('A' + page(entry) - FIRST_DRIVER));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryState that
                && mapped == that.mapped
                && rights == that.rights
                && Arrays.equals(entries, that.entries)
                && Arrays.equals(tlbs, that.tlbs)
                && Arrays.equals(contents, that.contents);
    }

    @Override
    public int hashCode() {
        int hash = 31 * Arrays.hashCode(entries) + Arrays.hashCode(tlbs);
        return 31 * (31 * hash + Arrays.hashCode(contents)) + rights.ordinal();
    }
}
