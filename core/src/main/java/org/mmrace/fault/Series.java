package org.mmrace.fault;

/** Where the simulated kernel stands with respect to the series "mm: zeropages in vm_insert_page*()" of 2024. */
public enum Series {
    /** Without the series (6.10 and earlier): {@code vm_insert_page()} counts the zeropage like any page. */
    BEFORE,
    /** With its first posting (20240430204044.52755-2): refuses the zeropage in never-writable VMAs by mistake. */
    V1,
    /** As merged (6.11). */
    AFTER
}
