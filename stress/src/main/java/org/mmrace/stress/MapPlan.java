package org.mmrace.stress;

/** What a driver's mmap hook does with the pages of a new mapping. */
public enum MapPlan {
    /** Nothing: they come with faults. */
    NONE,
    /** {@code vm_insert_page()} for each. */
    INSERT_PAGE,
    /** {@code vm_insert_pages()}. */
    INSERT_PAGES,
    /** {@code vm_map_pages()}. */
    MAP_PAGES,
    /** {@code vm_map_pages_zero()}. */
    MAP_PAGES_ZERO,
    /** {@code remap_pfn_range()}. */
    REMAP
}
