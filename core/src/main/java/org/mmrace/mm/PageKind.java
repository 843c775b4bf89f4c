package org.mmrace.mm;

/** What a freshly allocated page is for. */
public enum PageKind {
    /** A driver's page. */
    DRIVER(0),
    /** A page-cache page. */
    FILE(0),
    /** A shmem page: swap-backed, counted as MM_SHMEMPAGES. */
    SHMEM(Page.SWAPBACKED),
    /** A page that will be anonymous once it is mapped. */
    ANON(Page.SWAPBACKED),
    /** Part of a slab. */
    SLAB(Page.SLAB),
    /** A page with a type of its own (buddy, offline, table, guard). */
    TYPED(Page.TYPED),
    /** Persistent memory with struct pages. */
    DEVMAP(Page.DEVMAP);

    private final long flags;

    PageKind(long flags) {
        this.flags = flags;
    }

    long flags() {
        return flags;
    }

    /** Whether it has a type where other pages have their mapcount. */
    boolean isTyped() {
        return (flags & (Page.SLAB | Page.TYPED)) != 0;
    }
}
