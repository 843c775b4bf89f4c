package org.mmrace.conform;

/** The kinds of pages that the recording driver passes to an insert function. */
public enum RecordedPage implements Term {
    /** The zeropage. */
    ZERO("zero"),
    /** A fresh order-0 page whose one reference the driver keeps until the file is closed. */
    NORMAL("normal"),
    /** Page 1 of an order-2 compound page. */
    COMPOUND_TAIL("compound_tail"),
    /** A page of a slab. */
    SLAB("slab"),
    /** A page whose reference count was forced to 0. */
    REFCOUNT_ZERO("refcount_zero");

    private final String term;

    RecordedPage(String term) {
        this.term = term;
    }

    @Override
    public String term() {
        return term;
    }
}
