package org.mmrace.mm;

/** Why a reference on a page is held. The kernel counts them together; the checks count them apart. */
public enum RefKind {
    /** The allocator's, a driver's or the page cache's. */
    OWNER,
    /** A page-table entry's, until its TLB flush is over. */
    MAP,
    /** A page fault's or another kernel path's, for the time of one operation. */
    TRANSIENT,
    /** FOLL_GET. */
    GET,
    /** FOLL_PIN. */
    PIN
}
