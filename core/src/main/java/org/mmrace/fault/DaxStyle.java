package org.mmrace.fault;

/**
 * How data pages of FSDAX files are mapped. In the kernel an idle page of a DAX file has no reference since 6.15 and
 * one before; in the model the file keeps one in both styles, so that a truncation waits for "more than one" in both.
 */
public enum DaxStyle {
    /** As devmap entries that nobody counts (6.14 and earlier). */
    DEVMAP,
    /** As ordinary pages: each entry counts a reference, a mapping and a resident page (6.15 and later). */
    REFCOUNTED
}
