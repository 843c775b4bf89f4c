package org.mmrace.op;

import static org.mmrace.op.ArgKind.COUNTER;
import static org.mmrace.op.ArgKind.FILE;
import static org.mmrace.op.ArgKind.FILE_PLACE;
import static org.mmrace.op.ArgKind.FILE_RANGE;
import static org.mmrace.op.ArgKind.FOLL;
import static org.mmrace.op.ArgKind.HELD;
import static org.mmrace.op.ArgKind.MMAP_LOCK;
import static org.mmrace.op.ArgKind.NEW_PROCESS;
import static org.mmrace.op.ArgKind.NUMBER;
import static org.mmrace.op.ArgKind.PAGE;
import static org.mmrace.op.ArgKind.PAGES;
import static org.mmrace.op.ArgKind.PLACE;
import static org.mmrace.op.ArgKind.PROCESS;
import static org.mmrace.op.ArgKind.PROCESS_OR_OWN;
import static org.mmrace.op.ArgKind.PROT;
import static org.mmrace.op.ArgKind.RANGE;
import static org.mmrace.op.ArgKind.RESULT;
import static org.mmrace.op.ArgKind.VMA;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Userfaultfd;

/** THE TABLE of operations: what each is called in scenarios, what it takes, and how it is made. Immutable. */
public final class OpKind {
    private static final Map<String, OpKind> TABLE = new TreeMap<>();

    static {
        // In alphabetical order.
        op("__free_page", a -> new FreePage(a.name(0)), PAGE);
        op("clear_soft_dirty", a -> new ClearSoftDirty(a.nameOrNull(0)), PROCESS_OR_OWN);
        op("collapse_huge_page", a -> new CollapseHugePage(a.region(0)), PLACE);
        op("disable_cow_sharing", a -> new DisableCowSharing(a.nameOrNull(0)), PROCESS_OR_OWN);
        op("dax_iomap_pmd_fault", a -> new DaxPmdRead(a.region(0)), PLACE);
        op("dma_read", a -> new DmaRead(a.name(0)), HELD);
        op("dma_write", a -> new DmaWrite(a.name(0), a.number(1)), HELD, NUMBER);
        op("drop_caches", a -> new DropCaches(a.name(0)), FILE);
        op("exit_mmap", a -> new ExitMmap(a.name(0)), PROCESS);
        op("fail_allocation", a -> new FailAllocation(a.number(0)), NUMBER);
        op("fallocate", a -> new Fallocate(a.region(0)), FILE_PLACE);
        op("fork", a -> new ForkProcess(a.name(0), a.nameOrNull(1)), NEW_PROCESS, PROCESS_OR_OWN);
        op("fsync", a -> new Fsync(a.name(0)), FILE);
        op("ftruncate", a -> new Ftruncate(a.name(0), a.number(1)), FILE, NUMBER);
        op("get_user_pages", a -> new GetUserPages(a.region(0), a.foll(1) | GupFlags.GET, false), RANGE, FOLL);
        op("get_user_pages_fast", a -> new GetUserPages(a.region(0), a.foll(1) | GupFlags.GET, true), RANGE, FOLL);
        op("ksm_merge_zero", a -> new KsmMergeZero(a.region(0)), PLACE);
        op("kvm_hva_to_pfn", a -> new KvmHvaToPfn(a.region(0)), PLACE);
        op("kvm_release_pfn", a -> new KvmReleasePfn(a.name(0)), HELD);
        op("load", a -> new Load(a.region(0)), PLACE);
        op("madvise_dontneed", a -> new MadviseDontneed(a.region(0)), RANGE);
        op("madvise_free", a -> new MadviseFree(a.region(0)), RANGE);
        op("madvise_mergeable", a -> new MadviseMergeable(a.region(0)), RANGE);
        op("madvise_pageout", a -> new MadvisePageout(a.region(0)), RANGE);
        op("map", a -> new PageCount(a.name(0), true), PAGE);
        op("mmap", a -> new MmapVma(a.name(0)), VMA);
        op("move_pages", a -> new MovePage(a.region(0)), PLACE);
        op("mprotect", a -> new MprotectRange(a.region(0), a.prot(1)), RANGE, PROT);
        op("mremap", a -> new MremapVma(a.region(0), a.region(1)), RANGE, RANGE);
        op("munmap", a -> new MunmapRange(a.region(0)), RANGE);
        op("o_direct_read", a -> new DirectRead(a.region(0), a.number(1)), PLACE, NUMBER);
        op("o_direct_write", a -> new DirectWrite(a.region(0)), PLACE);
        op("pin_user_pages", a -> new GetUserPages(a.region(0), a.foll(1) | GupFlags.PIN, false), RANGE, FOLL);
        op("pin_user_pages_fast", a -> new GetUserPages(a.region(0), a.foll(1) | GupFlags.PIN, true), RANGE, FOLL);
        op("populate_mappings", a -> new PopulateMappings(a.region(0), a.name(1)), FILE_PLACE, PAGE);
        op("proc_mem_read", a -> new RemoteRead(a.region(0), true), PLACE);
        op("proc_mem_write", a -> new RemoteWrite(a.region(0), a.number(1), true), PLACE, NUMBER);
        op("process_vm_readv", a -> new RemoteRead(a.region(0), false), PLACE);
        op("process_vm_writev", a -> new RemoteWrite(a.region(0), a.number(1), false), PLACE, NUMBER);
        op("pte", a -> new PteWord(a.region(0)), PLACE);
        op("punch_hole", a -> new PunchHole(a.region(0)), FILE_RANGE);
        op("put_page", a -> new ReleasePages(a.name(0)), HELD);
        op("ref", a -> new PageCount(a.name(0), false), PAGE);
        op("remap_pfn_range", a -> new RemapPfnRange(a.region(0), a.number(1)), RANGE, NUMBER);
        op("result", a -> new ResultOf(a.name(0)), RESULT);
        op("retract_page_tables", a -> new RetractPageTables(a.region(0)), FILE_PLACE);
        op("rss", a -> new RssCount(a.name(0), a.name(1)), PROCESS, COUNTER);
        op("set_page_dirty_lock", a -> new SetPageDirtyLock(a.name(0)), HELD);
        op("shrink_folio_list", a -> new ShrinkFolioList(a.region(0)), FILE_RANGE);
        op("split_huge_page", a -> new SplitHugePage(a.name(0)), PAGE);
        op("store", a -> new Store(a.region(0), a.number(1)), PLACE, NUMBER);
        op("uffdio_continue", a -> new UffdioContinue(a.region(0)), PLACE);
        op("uffdio_copy", a -> new UffdioCopy(a.region(0), a.number(1)), PLACE, NUMBER);
        op("uffdio_register_missing", a -> new UffdioRegister(a.region(0), Userfaultfd.MODE_MISSING, false), RANGE);
        op("uffdio_register_wp", a -> new UffdioRegister(a.region(0), Userfaultfd.MODE_WP, false), RANGE);
        op("uffdio_register_wp_async", a -> new UffdioRegister(a.region(0), Userfaultfd.MODE_WP, true), RANGE);
        op("uffdio_unregister", a -> new UffdioUnregister(a.region(0)), RANGE);
        op("uffdio_write_unprotect", a -> new UffdioWriteprotect(a.region(0), false), RANGE);
        op("uffdio_writeprotect", a -> new UffdioWriteprotect(a.region(0), true), RANGE);
        op("uffdio_zeropage", a -> new UffdioZeropage(a.region(0)), PLACE);
        op("unmap_mapping_pages", a -> new UnmapMappingPages(a.region(0)), FILE_RANGE);
        op("unpin_user_page", a -> new ReleasePages(a.name(0)), HELD);
        op("vm_insert_page", a -> new VmInsertPage(a.region(0), a.name(1), a.mmapReadLock(2)), PLACE, PAGE, MMAP_LOCK);
        op("vm_insert_pages", a -> new VmInsertPages(a.region(0), a.names(1)), PLACE, PAGES);
        op("vm_iomap_memory", a -> new VmIomapMemory(a.region(0), a.name(1)), RANGE, PAGE);
        op("vm_map_pages", a -> new VmMapPages(a.region(0), a.names(1), false), RANGE, PAGES);
        op("vm_map_pages_zero", a -> new VmMapPages(a.region(0), a.names(1), true), RANGE, PAGES);
        op("vmf_insert_mixed", a -> new VmfInsertMixed(a.region(0), a.name(1), false), PLACE, PAGE);
        op("vmf_insert_mixed_mkwrite", a -> new VmfInsertMixed(a.region(0), a.name(1), true), PLACE, PAGE);
        op(
                "vmf_insert_page_mkwrite",
                a -> new VmfInsertPageMkwrite(a.region(0), a.name(1), a.number(2)),
                PLACE,
                PAGE,
                NUMBER);
        op("vmf_insert_pfn", a -> new VmfInsertPfn(a.region(0), a.number(1)), PLACE, NUMBER);
        op("write", a -> new FileWrite(a.region(0), a.number(1)), FILE_PLACE, NUMBER);
        op("writepages", a -> new WritePages(a.region(0)), FILE_RANGE);
        op("zap_vma_ptes", a -> new ZapVmaPtes(a.region(0)), RANGE);
    }

    private final String name;
    private final List<ArgKind> args;
    private final Function<Args, Op> maker;

    private OpKind(String name, List<ArgKind> args, Function<Args, Op> maker) {
        this.name = name;
        this.args = args;
        this.maker = maker;
    }

    private static void op(String name, Function<Args, Op> maker, ArgKind... args) {
        TABLE.put(name, new OpKind(name, List.of(args), maker));
    }

    /** All operations, by name. */
    public static Collection<OpKind> all() {
        return Collections.unmodifiableCollection(TABLE.values());
    }

    /** The operation of this name. */
    public static Optional<OpKind> byName(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }

    /** What scenarios call it: the kernel's or the system call's name where there is one. */
    public String name() {
        return name;
    }

    /** What it takes, in order. */
    public List<ArgKind> args() {
        return args;
    }

    /** The operation with these arguments, which are of the right kinds. */
    Op make(List<Arg> values) {
        return maker.apply(new Args(values));
    }

    @Override
    public String toString() {
        return name;
    }
}
