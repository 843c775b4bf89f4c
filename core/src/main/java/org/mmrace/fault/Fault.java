package org.mmrace.fault;

import java.util.Locale;
import java.util.Optional;

/**
 * Historical and likely bugs that can be switched on in the model, one {@code if} each: the difference is the bug.
 * Numbered as kernel-semantics.md section 14; F numbers are findings about today's kernels.
 */
public enum Fault {
    /** Cover letter of the series: FSDAX without VM_MIXEDMAP counts the zeropage on map and not on unmap. */
    B01(
            "no PTE_SPECIAL: FSDAX zeropage counted on map, not on unmap",
            "series v1 1/2, 20240430204044.52755-2-david@redhat.com",
            "I01 I12 I13 I36",
            Setting.SERIES_BEFORE_NO_SPECIAL),
    /** The zeropage becomes writable through a shared mapping. */
    B03(
            "vm_insert_page() maps the zeropage writable",
            "series v1 1/2, 20240430204044.52755-2-david@redhat.com",
            "I03 I04 I08",
            Setting.SERIES_BEFORE),
    /** The first posting returned the wrong boolean for never-writable VMAs. */
    B04(
            "never-writable VMAs refuse the zeropage",
            "v1 review, Zkdys7YKC5pe1vAu@google.com",
            "test vector T11",
            Setting.SERIES_V1),
    /** {@code must_unshare} looks at anonymous pages only. */
    B09(
            "R/O long-term pin of a COW mapping gets the zeropage or a file page",
            "84209e87c696 \"mm/gup: reliable R/O long-term pinning in COW mappings\"",
            "I21 I22",
            Setting.SWITCH),
    /** A write fault that finds the zeropage mapped upgrades that entry. */
    B12(
            "insert_pfn(mkwrite) upgrades an entry whose pfn differs",
            "f2c57d91b0d9 \"mm: Fix warning in insert_pfn()\"",
            "I04 I27 I37",
            Setting.SWITCH),
    /** Dirty COW: the retry after a COW fault forgets FOLL_WRITE. */
    B21("GUP drops FOLL_WRITE after a forced COW fault", "19be0eaffa3a, CVE-2016-5195", "I24", Setting.SWITCH),
    /** Fast pins do not look at write_protect_seq. */
    B25(
            "fast pin races with COW during fork",
            "57efa1fe5957 \"mm/gup: prevent gup_fast from racing with COW during fork\"",
            "I20 I23",
            Setting.SWITCH),
    /** GUP-fast trusts the entry that it read before it took the reference. */
    B30("GUP-fast skips the PTE re-check", "rule", "I16 I14", Setting.SWITCH),
    /** GUP-fast adds to a count that may be zero. */
    B31("GUP-fast grabs without add-unless-zero", "rule", "I17 I16", Setting.SWITCH),
    /** Long-term write pins of file mappings bypass write-notify. */
    B36(
            "FOLL_LONGTERM write pins of file-backed mappings are allowed",
            "8ac268436e6d, a6e79df92e4a \"mm/gup: disallow FOLL_LONGTERM GUP writing to file-backed mappings\"",
            "I34",
            Setting.SWITCH),
    /** {@code can_change_pte_writable()} says yes to clean and to shared pages. */
    B40("mprotect upgrades clean shared and non-exclusive anonymous entries", "rule", "I19 I04", Setting.SWITCH),
    /** A gather that overlaps another one flushes its own range only. */
    B43(
            "the second gather finds no PTE and does not flush",
            "99baac21e458 \"mm: fix MADV_[FREE|DONTNEED] TLB flush miss problem\"",
            "I26",
            Setting.SWITCH),
    /** fork does not write-lock the parent's VMAs. */
    B53(
            "page faults under the VMA lock race with fork",
            "fb49c455323f \"fork: lock VMAs of the parent process when forking\"",
            "I19 I23",
            Setting.SWITCH),
    /**
     * The sequences of the VMA locks are accessed without order: the store that ends the write locks may become visible
     * before the stores to the VMA that it follows. The model lets it overtake all of them, as a weakly ordered CPU
     * may.
     */
    B56(
            "the end of a VMA write lock is visible before what was written under it",
            "b1f02b95758d \"mm: fix memory ordering for mm_lock_seq and vm_lock_seq\"",
            "I31",
            Setting.SWITCH),
    /** A DAX entry is unlocked before its PTE is inserted. */
    B67("DAX entry unlocked before the PTE insertion", "rule", "I27", Setting.SWITCH),
    /** The none-check of insertion happens before the PTL is taken. */
    B70("insertion checks the PTE outside the PTL", "rule", "I10 I11", Setting.SWITCH),
    /** RSS is added before the none-check, outside the PTL, and stays on -EBUSY. */
    B72("insertion adds RSS outside the PTL and loses it on -EBUSY", "rule", "I12", Setting.SWITCH),
    /**
     * What 6.11 does, and mmrace found: the last flush of munmap comes after the VMA has left the rmap of its file, and
     * DAX VMAs are not among those that are flushed earlier (b67fbebd4cf9), although nothing counts their pages.
     */
    F01(
            "munmap of FSDAX flushes after the VMA has left the file's rmap, so that a hole punch does not wait for it",
            "found by mmrace in the rules of 6.11; the race of CVE-2022-39188 for a VMA without VM_MIXEDMAP",
            "I15",
            Setting.SWITCH);

    /** How a fault is switched on. */
    public enum Setting {
        /** By its own {@code if} in the model. */
        SWITCH,
        /** It is the behaviour of {@link Series#BEFORE}. */
        SERIES_BEFORE,
        /** It is the behaviour of {@link Series#BEFORE} on an architecture without special PTEs. */
        SERIES_BEFORE_NO_SPECIAL,
        /** It is the behaviour of {@link Series#V1}. */
        SERIES_V1
    }

    private final String title;
    private final String origin;
    private final String caughtBy;
    private final Setting setting;

    Fault(String title, String origin, String caughtBy, Setting setting) {
        this.title = title;
        this.origin = origin;
        this.caughtBy = caughtBy;
        this.setting = setting;
    }

    /** What goes wrong, in one line. */
    public String title() {
        return title;
    }

    /** The commit, review or rule that it comes from. */
    public String origin() {
        return origin;
    }

    /** The ids of the invariants that must catch it, separated by blanks. */
    public String caughtBy() {
        return caughtBy;
    }

    /** How it is switched on. */
    public Setting setting() {
        return setting;
    }

    /** The fault with this id, in any case, such as {@code "b25"}. */
    public static Optional<Fault> byId(String id) {
        String wanted = id.toUpperCase(Locale.ROOT);
        for (Fault fault : values()) {
            if (fault.name().equals(wanted)) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
