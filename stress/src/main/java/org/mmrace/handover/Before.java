package org.mmrace.handover;

/** What a scenario does before the operations that it is about. */
enum Before {
    /** Nothing: memory is fresh. */
    NOTHING,
    /** What makes the page tables as they were when the campaign stopped. */
    STATE,
    /** The page that it is about is there, as a fault for reading or a driver brings it, and in every TLB. */
    READ,
    /**
     * What makes the page tables as they were when the campaign stopped, and each task first fills its TLB as it was.
     */
    TLBS,
    /** The operations that the log has from before, on fresh memory. */
    LOG
}
