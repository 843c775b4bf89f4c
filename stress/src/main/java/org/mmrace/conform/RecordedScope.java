package org.mmrace.conform;

/** What a case needs of a kernel. */
public enum RecordedScope implements Term {
    /** The model must reproduce it. */
    CORE("core"),
    /** A file system with a page cache and fault-around. */
    PAGE_CACHE("page-cache"),
    /** Direct I/O and dropping of caches. */
    BLOCK_IO("block-io"),
    /** The 2 MiB zeropage. */
    HUGE("huge");

    private final String term;

    RecordedScope(String term) {
        this.term = term;
    }

    @Override
    public String term() {
        return term;
    }
}
