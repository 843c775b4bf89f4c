package org.mmrace.handover;

/**
 * What a fault handler of our drivers that brings counted pages answers with. In a campaign it is the dice that say; a
 * scenario has one answer, so there is one scenario for each.
 */
enum Handler {
    /** {@code vm_insert_page()} of the zeropage. */
    ZEROPAGE,
    /** {@code vm_insert_page()} of a page of the driver. */
    INSERT,
    /** A page of the driver, which the core maps. */
    PAGE
}
