package org.mmrace.fault;

/** How data pages of FSDAX files are mapped. */
public enum DaxStyle {
    /** As devmap entries that nobody counts (6.14 and earlier). */
    DEVMAP,
    /** As ordinary pages: each entry counts a reference, a mapping and a resident page (6.15 and later). */
    REFCOUNTED
}
