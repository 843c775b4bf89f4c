package org.mmrace.fault;

/** How a CPU makes the others drop TLB entries. */
public enum TlbStyle {
    /** By interrupt: a CPU with interrupts off answers later, so a flush waits for a GUP-fast walk (x86). */
    IPI,
    /** By broadcast instruction: no interrupt, so page tables must be freed through RCU (arm64). */
    BROADCAST
}
