package org.mmrace.op;

import java.util.Locale;

/**
 * A page that a driver owns before anything runs, with one reference.
 *
 * @param name how the scenario calls it
 * @param kind what it is
 */
public record PageSpec(String name, Kind kind) {
    /** The name of the zeropage, which every machine has. */
    public static final String ZEROPAGE = "Z";

    /** The kinds of pages. */
    public enum Kind {
        /** A driver's order-0 page. */
        DRIVER,
        /** A page-cache page. */
        FILE,
        /** A swap-backed page, as of shared memory. */
        SHMEM,
        /** A page that is to become anonymous. */
        ANON,
        /** Part of a slab. */
        SLAB,
        /** A page whose mapcount is a type. */
        TYPED,
        /** Persistent memory. */
        DEVMAP,
        /** Page 1 of an order-2 compound page. */
        COMPOUND_TAIL,
        /** A page whose reference count is 0, as of pages that are not refcounted. */
        REFLESS;

        /** Its name in the language, such as {@code compound-tail}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
