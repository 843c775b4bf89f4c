package org.mmrace.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What must hold of a correct kernel (kernel-semantics.md section 13): the rule of each id, and who checks it here. Z
 * is the zeropage.
 */
public enum Invariant {
    /** The zeropage's count is its boot value plus the gets that are out. */
    I01(
            "Z's reference count is 1 plus the FOLL_GETs outstanding; mapping, pinning and unmapping never change it",
            "ma"),
    /** The zeropage has no mapcount. */
    I02("Z's mapcount is 0", "ma"),
    /** The zeropage stays zero. */
    I03("no store reaches Z, and what it holds is zero", "ma"),
    /** The zeropage is never writable. */
    I04("no present entry maps Z with the write bit", "ma"),
    /** The zeropage is special. */
    I05("where entries have a special bit, every entry that maps Z has it set", "ma"),
    /** The zeropage is never dirty. */
    I06("no entry that maps Z is dirty, except those of KSM in private mappings", "ma"),
    /** The zeropage is not resident. */
    I07("no entry that maps Z is counted as a resident page", "ma"),
    /** Where the zeropage may be. */
    I08(
            "Z is mapped only in VMAs that are COW, never writable, VM_PFNMAP, or that have pfn_mkwrite and are"
                    + " FSDAX or VM_IO",
            "ma"),
    /** An mm that forbids the zeropage. */
    I09("once disabling COW sharing has returned 0, no VMA of the mm except VM_PFNMAP ones maps Z", "ma"),
    /** References add up. */
    I10("a page's reference count is owners + mappings + transients + gets + 1024 * pins", "ma"),
    /** Mapcounts add up. */
    I11("a page's mapcount is the number of counted entries that map it, and never negative", "ma"),
    /** Resident-set counters add up. */
    I12("each resident-set counter is the number of counted entries of its kind", "a"),
    /** Nothing resident at the end. */
    I13("when an mm is torn down all its resident-set counters are 0", "m"),
    /** Freed pages are unmapped. */
    I14("no page-table entry maps a free page", "ma"),
    /** Freed pages are not cached. */
    I15("no TLB maps a page that is freed, and no store reaches one", "m"),
    /** Held pages live. */
    I16("a page with gets or pins is not freed, and GUP returns no page that was reused under it", "m"),
    /** Reference counts behave. */
    I17("a reference count never leaves 0 except in the allocator, never goes negative, never wraps", "m"),
    /** Exclusive means one mapping. */
    I18("an exclusive anonymous page has at most one mapping", "ma"),
    /** Writable means exclusive. */
    I19("an entry that maps an anonymous page has the write bit only if the page is exclusive", "ma"),
    /** Pinned stays exclusive. */
    I20("a pinned anonymous page is exclusive until it is unpinned", "ma"),
    /** What a long-term pin may return. */
    I21("a FOLL_LONGTERM pin returns neither Z of a COW VMA, nor a page of an FSDAX, VM_IO or VM_PFNMAP VMA", "m"),
    /** A long-term pin stays coherent. */
    I22(
            "a read-only FOLL_LONGTERM pin through a COW VMA returns an exclusive anonymous page, which no fault"
                    + " replaces",
            "m"),
    /** Processes are isolated. */
    I23("what one process writes to private memory no other process ever reads, and no copy of it misses a write", "m"),
    /** No write where none is allowed. */
    I24(
            "no entry is writable, and GUP returns no page for writing, where the VMA allows no write to that page; GUP"
                    + " returns no secret memory",
            "ma"),
    /** TLBs agree with page tables. */
    I25("a TLB entry that allows more than its page-table entry is covered by a flush that is still to come", "ma"),
    /** Revoked rights are gone. */
    I26(
            "when munmap, MADV_DONTNEED, mprotect, writeback or reclaim is done, no TLB entry of before grants what it"
                    + " revoked",
            "m"),
    /** FSDAX readers see the block. */
    I27(
            "while a DAX entry is unlocked and names a frame, and when write(2) has filled a hole, no VMA of the file"
                    + " maps Z there",
            "ma"),
    /** Blocks are free before they are freed. */
    I28("when blocks of an FSDAX file are freed nothing maps them, and no get or pin is out", "m"),
    /** Page tables outlive their walkers. */
    I29(
            "a page table is freed empty, after every walker has left it and TLBs have nothing from it, and never"
                    + " written afterwards; GUP-fast takes no page through one that is detached or that its mm has"
                    + " given up",
            "ma"),
    /** Entries are installed under locks. */
    I30(
            "an entry is installed inside an attached VMA kept stable by mmap_lock or VMA lock, and changed under its"
                    + " PTL and one of mmap_lock, VMA lock, i_mmap_rwsem",
            "ma"),
    /** VMA readers see no change. */
    I31(
            "fields of a VMA change under mmap_lock and VMA lock for writing, and never while a reader holds the"
                    + " VMA lock; a fault sets anon_vma under mmap_lock; an mm is not used after it was freed",
            "ma"),
    /** Lock order. */
    I32("locks are taken in the order of section 12.2, no sleeping lock under a spin lock, and all are dropped", "oa"),
    /** Batches tell the truth. */
    I33("vm_insert_pages() leaves in *num exactly the pages that it has not mapped", "m"),
    /** Writes through shared entries are noticed. */
    I34(
            "no store to a file is lost: its page is dirty until it is written back, reclaim drops no page that others"
                    + " may write, and no FOLL_LONGTERM write pin is given on a file page whose writes must be noticed",
            "ma"),
    /** Notification needs are kept. */
    I35("an entry with a pending uffd-wp or soft-dirty notification is never writable", "ma"),
    /** Entries are classified once. */
    I36("an entry is classified as counted or not at its removal as it was at its installation", "m"),
    /** The kernel does not complain. */
    I37("no BUG, no WARN, no bad page-table entry", "m");

    /** Who checks an invariant. */
    public enum How {
        /** A hook of {@link Monitors} or {@link LogMonitor}, as it happens. */
        MONITOR('m'),
        /** {@link QuiescentAudit}, when nothing runs. */
        AUDIT('a'),
        /** {@link LockOrder}. */
        LOCK_ORDER('o');

        private final char letter;

        How(char letter) {
            this.letter = letter;
        }
    }

    private final String rule;
    private final String letters;

    Invariant(String rule, String letters) {
        this.rule = rule;
        this.letters = letters;
    }

    /** What must hold, in one sentence. */
    public String rule() {
        return rule;
    }

    /** Who checks it, in the order of {@link How}; never empty. */
    public List<How> how() {
        List<How> hows = new ArrayList<>();
        for (How how : How.values()) {
            if (letters.indexOf(how.letter) >= 0) {
                hows.add(how);
            }
        }
        return hows;
    }

    /** The invariant with this id, in any case, such as {@code "i04"}. */
    public static Optional<Invariant> byId(String id) {
        String wanted = id.toUpperCase(Locale.ROOT);
        for (Invariant invariant : values()) {
            if (invariant.name().equals(wanted)) {
                return Optional.of(invariant);
            }
        }
        return Optional.empty();
    }
}
