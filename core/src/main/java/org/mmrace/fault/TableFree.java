package org.mmrace.fault;

/** What page tables wait for between the TLB flush and being freed. */
public enum TableFree {
    /** An interrupt answered by every CPU ({@code tlb_remove_table_sync_one()}). */
    IPI,
    /** An RCU grace period ({@code CONFIG_MMU_GATHER_RCU_TABLE_FREE}). */
    RCU
}
