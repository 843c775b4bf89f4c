package org.mmrace.fault;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * THE CATALOGUE: historical and likely bugs that can be switched on in the model, one {@code if} each: the difference
 * is the bug. B numbers are the historical and likely ones; F numbers are findings about today's kernels. docs/faults
 * has the story of each, and scenarios/ the smallest scenario that shows it.
 */
public enum Fault {
    /**
     * Without PTE_SPECIAL and VM_MIXEDMAP, {@code vm_normal_page()} classifies a zeropage otherwise than its insertion.
     */
    B01(
            "FSDAX zeropage counted on map, not on unmap",
            "series v1 1/2",
            1,
            "I01 I12 I13 I36",
            Setting.SERIES_BEFORE_NO_SPECIAL),
    /** Each insertion takes a reference on the zeropage for the life of the mapping. */
    B02("a mapped zeropage is counted until its count wraps", "series v1 1/2", 1, "I01 I17", Setting.SERIES_BEFORE),
    /** A shared VMA that may be written accepts the zeropage. */
    B03("vm_insert_page() maps the zeropage writable", "series v1 1/2", 1, "I03 I04 I08", Setting.SERIES_BEFORE),
    /** {@code vm_mixed_zeropage_allowed()} gives the wrong boolean. */
    B04(
            "never-writable VMAs refuse the zeropage",
            "series v1, Zkdys7YKC5pe1vAu@google.com",
            1,
            "outcome",
            Setting.SERIES_V1),
    /** The pin counts, the unpin takes the page for a reserved one. */
    B05("unpinning skips a zeropage that pinning has counted", "873aefb376bb", 1, "I01"),
    /** {@code put_page()} takes the zeropage for a reserved page. */
    B06("KVM gets the zeropage and never puts it", "7df003c85218", 1, "I01"),
    /** FOLL_PIN adds 1024 to it. */
    B07("every pin counts on the zeropage", "c8070b787519", 1, "I01"),
    /** The zeropage counts as not pinnable for long. */
    B08("a long-term pin of the zeropage migrates it for ever", "fcab34b433e2", 1, "I32"),
    /** {@code gup_must_unshare()} looks at anonymous pages only. */
    B09("R/O long-term pin of a COW mapping gets the zeropage or a file page", "84209e87c696", 1, "I21 I22"),
    /** FOLL_TOUCH dirties, and a forced write believes the dirty bit. */
    B10("GUP dirties an entry that it must not write", "a8f97366452e, CVE-2017-1000405", 2, "I03 I04 I06"),
    /** It allocates the block and unmaps nothing. */
    B11("write(2) into a hole leaves the zeropage mapped", "cd656375f946", 1, "I27"),
    /** A write fault that finds the zeropage mapped upgrades that entry. */
    B12("insert_pfn(mkwrite) upgrades an entry whose frame differs", "f2c57d91b0d9", 2, "I04 I27 I37"),
    /** A plain store instead of an access-flag update. */
    B13("insert_pfn(mkwrite) stores over a valid entry", "cae85cb8add3", 1, "I37"),
    /** ANON is not decremented. */
    B14(
            "KSM merges into the zeropage and keeps counting the page",
            "mm/ksm: fix inconsistent accounting of zero pages",
            1,
            "I12 I13"),
    /** UFFDIO_ZEROPAGE does not ask {@code mm_forbids_zeropage()}. */
    B15("userfaultfd places the zeropage where it is forbidden", "90a7592da149", 1, "I09"),
    /** The walk does not write-lock VMAs. */
    B16("disabling COW sharing does not drain faults under VMA locks", "06201e00ee3e (mutated)", 2, "I09"),
    /** The flag is set when mmap_lock, and with it the VMA write locks, has been dropped. */
    B16A("disabling COW sharing sets the flag after faults can run again", "06201e00ee3e (mutated)", 2, "I09"),
    /** userfaultfd sees a missing page that was there. */
    B16C("disabling COW sharing zaps instead of unsharing", "06201e00ee3e (mutated)", 1, "outcome"),
    /** insert_pfn() and insert_page() look at the frame of a migration entry. */
    B17("the frame of an entry that is not present is compared", "RFC of 17 Jun 2025", 2, "I37"),
    /** {@code vmf_insert_page_mkwrite()} gives -EFAULT where insert_pfn() gave NOPAGE. */
    B18(
            "a benign DAX race becomes SIGBUS",
            "derived from vmf_insert_page_mkwrite()",
            2,
            "outcome",
            Setting.DAX_REFCOUNTED),
    /** A VM_IO driver with pfn_mkwrite inserts the zeropage while it is mapped. */
    B19(
            "insertion inside ->mmap uses the write bit that write-notify strips later",
            "derived from mmap_region()",
            1,
            "I04"),
    /** The handler gives 0 and has replaced nothing. */
    B20("pfn_mkwrite lets a write to the zeropage through", "derived from wp_pfn_shared()", 1, "I04 I37"),
    /** Dirty COW: the retry forgets what it was for. */
    B21("GUP drops FOLL_WRITE after a forced COW fault", "19be0eaffa3a, CVE-2016-5195", 2, "I24"),
    /** A dirty file page put in place of the private copy is good enough. */
    B22("a forced write accepts any dirty entry", "5535be309971, CVE-2022-2590", 2, "I24"),
    /** No unshare for R/O pins, reuse by mapcount. */
    B23(
            "COW can break either way: a reader's GUP keeps the page the writer reuses",
            "17839856fd58, CVE-2020-29374",
            1,
            "I23"),
    /** The mapcount is read without the lock that keeps it. */
    B24("reuse decided by a mapcount that is being changed", "c444eb564fb1, CVE-2020-29368", 2, "I18 I23"),
    /** Fast pins do not look at write_protect_seq. */
    B25("a fast pin races with COW during fork", "57efa1fe5957", 2, "I20 I23"),
    /** No early copy. */
    B26("fork shares a pinned page", "70e806e4e645", 1, "I20"),
    /** Early copy is not limited to anonymous pages. */
    B27(
            "fork copies a pinned file page as if it were anonymous",
            "mm/memory: add non-anonymous page check in copy_present_page()",
            1,
            "I37"),
    /** Grabbing does not check for a count at or below zero. */
    B28("gets wrap the reference count", "8fde12ca79af, CVE-2019-11487", 1, "I16 I17"),
    /** Nobody looks again whether the page is still of that folio. */
    B29("GUP-fast grabs a folio that has been split", "c24d37322548", 2, "I10"),
    /** It trusts the entry that it read before it took the reference. */
    B30("GUP-fast skips the PTE re-check", "derived from gup_fast_pte_range()", 2, "I16 I14"),
    /** It adds to a count that may be zero. */
    B31("GUP-fast grabs without add-unless-zero", "derived from try_get_folio()", 2, "I17 I16"),
    /** The PMD half of the re-check is missing. */
    B32("GUP-fast does not notice that the table was detached", "70cbc3cc78a9", 2, "I29"),
    /** It is freed at once: no IPI, no RCU. */
    B33("a page table is freed under a lockless walker", "2ba99c5e0881", 2, "I29"),
    /** Unsharing does not wait for walkers. */
    B34("a shared page table is handed on while it is being walked", "1013af4f585f", 2, "I29 I23"),
    /** The test for secret memory hangs on the LRU flag. */
    B35("GUP-fast returns pages of secret memory", "65291dcfcf89", 1, "I24"),
    /** They bypass write-notify. */
    B36("long-term write pins of file mappings are allowed", "8ac268436e6d, a6e79df92e4a", 1, "I34"),
    /** References are checked before the entry is cleared, not after. */
    B37("reclaim drops a clean page that a get writes to", "6c8e2a256915", 2, "I34"),
    /** The test for VM_SOFTDIRTY is inverted. */
    B38("mprotect upgrades entries that soft-dirty tracking watches", "76aefad628aa", 1, "I35"),
    /** {@code vma_wants_writenotify()} ignores uffd-wp. */
    B39("write-notify is off while userfaultfd write-protects", "51d3d5eb74ff", 1, "I35"),
    /** {@code can_change_pte_writable()} says yes to both. */
    B40(
            "mprotect upgrades clean shared and non-exclusive anonymous entries",
            "derived from can_change_pte_writable()",
            1,
            "I19 I04"),
    /** The moved page can be freed while the old address is still cached. */
    B41("mremap flushes after it has dropped the PTLs", "eb66ae030829, CVE-2018-18281", 2, "I15"),
    /** Zap, mprotect and mremap do not look for it. */
    B42("a batched flush of reclaim is forgotten", "3ea277194daa", 2, "I26"),
    /** A gather that overlaps another one flushes its own range only. */
    B43("the second gather finds no PTE and does not flush", "99baac21e458", 2, "I26"),
    /** The mapcount is dropped at once, and no flush is forced. */
    B44("rmap removed before the flush: a page is cleaned while a CPU writes to it", "5df397dec7c4", 3, "I34"),
    /** No flush at the end of VM_PFNMAP and VM_MIXEDMAP VMAs. */
    B45("munmap of driver memory flushes after the driver can free it", "b67fbebd4cf9, CVE-2022-39188", 2, "I15"),
    /** The fallback path frees without invalidating. */
    B46("a page table is freed before its flush", "0ed1325967ab", 1, "I29"),
    /** wp_page_copy() does not flush what userfaultfd has write-protected, and references decide whether to copy. */
    B47("a page is copied while a stale TLB entry still writes to it", "6ce64428d620", 2, "I23 I34"),
    /** wp_page_copy() reorders its last steps. */
    B48("COW stores the new entry without clearing and flushing the old", "derived from wp_page_copy()", 2, "I25"),
    /** The PMD is not looked at again under its lock. */
    B49("mremap moves a table that is being retracted", "6fa1066fc5d0", 2, "I29"),
    /** StackRot: the VMA changes under lookups. */
    B50("the stack grows under mmap_lock for reading", "8d7071af8907, CVE-2023-3269", 2, "I31 I30"),
    /** Growth is allowed while munmap has downgraded. */
    B51("a neighbour grows into a hole whose tables are being freed", "246c320a8cfe, CVE-2020-29369", 2, "I29 I31 I14"),
    /** {@code lock_vma_under_rcu()} looks at anon_vma first. */
    B52("a VMA is checked before it is locked", "657b5146955e", 2, "I31"),
    /** fork does not write-lock the parent's VMAs. */
    B53("page faults under the VMA lock race with fork", "fb49c455323f", 2, "I19 I23"),
    /** mmap does not lock the VMA that it changes after inserting it. */
    B54("a VMA is visible before it is complete", "33313a747e81", 2, "I31"),
    /** {@code dup_anon_vma()} does not lock the VMA. */
    B55("anon_vma is set under a reader of the VMA", "d8ab9f7b644a", 2, "I31"),
    /** The store that ends the write locks overtakes those before it, as a weakly ordered CPU may let it. */
    B56("the end of a VMA write lock is visible before what was written under it", "b1f02b95758d", 2, "I31"),
    /** {@code vma_start_read()} does not hold the mm that it wakes. */
    B57("a VMA that was reused for another mm is used without pinning that mm", "9bbffee67ffd", 3, "I31"),
    /** Unsigned underflow of the page count. */
    B58("the ring buffer looks for pages beyond its end", "c58a812c8e49", 1, "I37"),
    /** The error path does not unmap. */
    B59("a failing mmap hook leaves its insertions mapped", "5de195060b2e", 1, "I10 I13 I29 I30"),
    /** Insertion does not refuse slab and typed pages. */
    B60("pages whose mapcount is a type are mapped", "0ee930e6cafa", 1, "I11"),
    /** The caller frees what is still mapped. */
    B61("remap_pfn_range() leaves a part mapped when it fails", "79a61cc3fc04", 1, "I14"),
    /** A count of 0 goes to 1 and back. */
    B62("a get of a page that is not refcounted frees it", "f8be156be163, CVE-2021-22543", 1, "I17"),
    /** The error path works on the wrong VMA. */
    B63("a failing fork untracks the parent's frames", "dc84bc2aba85", 1, "I37"),
    /** Installation ignores VM_MAYWRITE. */
    B64("userfaultfd fills holes of a file that is open for reading", "29ec90660d68, CVE-2018-18397", 1, "I24"),
    /** Nobody looks whether the PMD became huge. */
    B65("a PTE is inserted under a huge DAX entry", "dax: Fix race between colliding PMD & PTE entries", 2, "I29"),
    /** The entry goes, the mappings stay. */
    B66("a mapped DAX entry is invalidated", "4636e70bb0a8", 1, "I27"),
    /** A fault of another process comes between. */
    B67("DAX entry unlocked before the PTE insertion", "derived from dax_iomap_pte_fault()", 2, "I27"),
    /** It does not wait for busy pages. */
    B68("truncate frees a DAX page that GUP holds", "derived from dax_layout_busy_page()", 2, "I28 I16"),
    /** The whole batch is subtracted from *num. */
    B69("vm_insert_pages() counts the failing batch as mapped", "derived from insert_pages()", 1, "I33"),
    /** Two insertions find the same empty entry. */
    B70("insertion checks the PTE outside the PTL", "derived from insert_page()", 2, "I10 I11"),
    /** munmap does not wait for it. */
    B71("a PTE is installed under i_mmap_rwsem alone", "derived from Documentation/mm/process_addrs.rst", 2, "I30 I14"),
    /** The counter is moved before the check. */
    B72(
            "insertion adds RSS outside the PTL and loses it on -EBUSY",
            "derived from insert_page_into_pte_locked()",
            1,
            "I12 I13"),
    /**
     * What 6.11 does, and mmrace found: the last flush of munmap comes after the VMA has left the rmap of its file, and
     * DAX VMAs are not among those that are flushed earlier (b67fbebd4cf9), although nothing counts their pages.
     */
    F01("munmap of FSDAX flushes after the VMA has left the file's rmap", "found by mmrace in 6.11", 3, "I15"),
    /** {@code vm_page_prot} is not stripped for write-notify before {@code ->mmap} has returned. */
    F02("insertion from ->mmap leaves a writable zeropage entry", "Linux 6.12", 1, "I03 I04", Setting.FINDING),
    /** {@code finish_fault()} does not know the zeropage. */
    F03("->fault returning the zeropage maps it writable", "Linux 6.12", 1, "I02 I03 I04 I05 I07 I08", Setting.FINDING),
    /** {@code finish_mkwrite_fault()} makes whatever is mapped writable. */
    F04("pfn_mkwrite returning 0 makes the zeropage writable", "Linux 6.12", 1, "I03 I04 I06 I37", Setting.FINDING),
    /** The check looks at the flags, the entry takes its write bit from {@code vm_page_prot}. */
    F05("a careless driver maps the zeropage writable", "Linux 6.12", 1, "I03 I04", Setting.FINDING),
    /**
     * What 6.11 does, and mmrace found: reclaim leaves dirty file pages to the flusher threads and unlocks them while
     * CPUs may still store to them by entries whose flush it has put off.
     */
    F06("reclaim unlocks a dirty page before it has flushed", "found by mmrace in 6.11", 3, "I34");

    /** What stands in for an invariant where a fault breaks no invariant but gives a wrong result. */
    public static final String OUTCOME = "outcome";

    /** How a fault is switched on. */
    public enum Setting {
        /** By its own {@code if} in the model. */
        SWITCH,
        /** It is the behaviour of {@link Series#BEFORE}. */
        SERIES_BEFORE,
        /** It is the behaviour of {@link Series#BEFORE} on an architecture without special PTEs. */
        SERIES_BEFORE_NO_SPECIAL,
        /** It is the behaviour of {@link Series#V1}. */
        SERIES_V1,
        /** It is the behaviour of {@link DaxStyle#REFCOUNTED}. */
        DAX_REFCOUNTED,
        /** It is what today's kernels do; {@link Remedy#of} it takes it away. */
        FINDING
    }

    private final String title;
    private final String origin;
    private final int tasks;
    private final String caughtBy;
    private final Setting setting;

    Fault(String title, String origin, int tasks, String caughtBy) {
        this(title, origin, tasks, caughtBy, Setting.SWITCH);
    }

    Fault(String title, String origin, int tasks, String caughtBy, Setting setting) {
        this.title = title;
        this.origin = origin;
        this.tasks = tasks;
        this.caughtBy = caughtBy;
        this.setting = setting;
    }

    /** The id that users see, such as {@code "B25"} or {@code "B16a"}. */
    public String id() {
        return name().substring(0, 3) + name().substring(3).toLowerCase(Locale.ROOT);
    }

    /** What goes wrong, in one line. */
    public String title() {
        return title;
    }

    /** The commit, CVE, review or rule that it comes from. */
    public String origin() {
        return origin;
    }

    /** How many tasks it needs at least; 1 means that no schedule is needed. */
    public int tasks() {
        return tasks;
    }

    /** The ids of the invariants of which one at least must catch it, or {@link #OUTCOME}. */
    public List<String> caughtBy() {
        return List.of(caughtBy.split(" ", -1));
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
