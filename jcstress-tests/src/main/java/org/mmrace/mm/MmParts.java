package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/**
 * One address space on two CPUs, small enough to be built for every sample: what is package-private in mm/, for tests
 * that race single steps. One anonymous VMA of two pages, whose second page is {@link #ADDR}; CPU {@code n} is used by
 * one actor at a time.
 */
public final class MmParts {
    /** The address that the actors race for. */
    public static final long ADDR = Address.PAGE_SIZE;

    /** An x86 kernel after the series whose tables have two entries, so that tables are cheap. */
    public static final KernelConfig CONFIG = KernelConfig.of(Series.AFTER).with(draft -> draft.ptrsPerTable(2));

    /** Twenty frames are never free at boot; two are left for the actors. */
    private static final int FRAMES = 22;

    /** Three tables for each of two processes, and one that loses a race, per CPU. */
    private static final int TABLES = 11;

    private static final int TABLES_OF_CPU_1 = 4;

    private final Kernel kernel;
    private final Platform platform;
    private final MemoryManager model;
    private final TlbFlush tlbFlush;
    private final Task[] tasks = {new Task(0, 0, "cpu0"), new Task(1, 1, "cpu1")};
    private final Mm mm;
    private final Vma vma;

    /** The address space under {@link #CONFIG}, watched by nobody. */
    public MmParts() {
        this(CONFIG, MmMonitor.NONE);
    }

    /** The address space of a kernel with these knobs; {@code config.ptrsPerTable()} is 2. */
    public MmParts(KernelConfig config, MmMonitor monitor) {
        kernel = new NativeKernel(2, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
        platform = new Platform(kernel, config, monitor, FRAMES, TABLES);
        model = new MemoryManager(platform);
        tlbFlush = new TlbFlush(platform);
        stockCpu1();
        mm = Objects.requireNonNull(model.mmap().newMm(tasks[0]));
        Mmap.Request request = Mmap.Request.anonymous(VmFlags.READ | VmFlags.WRITE);
        model.mmap().mmapAt(tasks[0], mm, 0, 2 * Address.PAGE_SIZE, request);
        vma = Objects.requireNonNull(mm.tree().lookup(ADDR));
    }

    /** The first CPU that allocates fetches all that is free; CPU 1 gets its share from it. */
    private void stockCpu1() {
        List<PageTable> share = new ArrayList<>();
        for (int i = 0; i < TABLES_OF_CPU_1; i++) {
            share.add(Objects.requireNonNull(platform.tables.allocTable(tasks[0])));
        }
        share.forEach(table -> platform.tables.freeTable(tasks[1], table));
    }

    /** The machine below. */
    public Kernel kernel() {
        return kernel;
    }

    /** The model. */
    public MemoryManager model() {
        return model;
    }

    /** The task of a CPU. */
    public Task task(int cpu) {
        return tasks[cpu];
    }

    /** The address space. */
    public Mm mm() {
        return mm;
    }

    /** Its VMA. */
    public Vma vma() {
        return vma;
    }

    /** {@code vma->vm_lock}. */
    public RwSem vmLock() {
        return vma.vmLock;
    }

    /** {@code vma->vm_refcnt}, where VMA locks are counted. */
    public Word vmRefcnt() {
        return Objects.requireNonNull(vma.object()).vmRefcnt;
    }

    /** {@code vma->vm_lock_seq}. */
    public Word vmLockSeq() {
        return vma.vmLockSeq;
    }

    /** {@code mm->mm_lock_seq}. */
    public Word mmLockSeq() {
        return mm.mmLockSeq;
    }

    /**
     * Writes {@code vm_flags}, puts the VMA back into the tree as {@code vma_merge()} does, and writes
     * {@code vm_page_prot}: one change that a reader must see whole.
     */
    public void setVmaFields(long value) {
        kernel.writeOnce(vma.flags, value);
        mm.tree.replace(List.of(vma), List.of(vma));
        kernel.writeOnce(vma.pageProt, value);
    }

    /** {@code vma_start_write()}. */
    public void startWrite(int cpu) {
        platform.vmaLocks.startWrite(tasks[cpu], vma);
    }

    /** {@code mmap_write_downgrade()}. */
    public void mmapWriteDowngrade(int cpu) {
        platform.vmaLocks.mmapWriteDowngrade(tasks[cpu], mm);
    }

    /** {@code vma_mark_detached()}, and out of the tree: from now on faults in the VMA end in SIGSEGV. */
    public void detachVma(int cpu) {
        platform.vmaLocks.markDetached(tasks[cpu], vma);
        mm.tree.replace(List.of(vma), List.of());
    }

    /**
     * Faults an anonymous page in, exclusive and with the one reference of its mapping, and makes its entry clean and
     * old; the TLBs are empty.
     *
     * @return the page
     */
    public Page populate() {
        store(0, 1);
        setPte(0, Pte.mkold(Pte.mkclean(pte())));
        tlbFlush.flushMm(tasks[0], mm);
        return page();
    }

    /** The page that the entry maps; there is one. */
    private Page page() {
        return Objects.requireNonNull(platform.memory.page(Pte.pfn(pte())));
    }

    /** A store of user mode; whether it was done, else SIGSEGV. */
    public boolean store(int cpu, long value) {
        return model.userAccess().store(tasks[cpu], mm, ADDR, value) == UserAccess.Outcome.DONE;
    }

    /** A load of user mode: what the page holds, or -1 for SIGSEGV. */
    public long load(int cpu) {
        LocalLong value = new LocalLong(0);
        boolean done = model.userAccess().load(tasks[cpu], mm, ADDR, value) == UserAccess.Outcome.DONE;
        return done ? value.get() : -1;
    }

    /** Writes the page's data as its next owner would. */
    public void setContents(int cpu, Page page, long value) {
        platform.memory.setContents(tasks[cpu], page.pfn(), value);
    }

    /** {@code get_user_pages_fast()} of one page, FOLL_FAST_ONLY; whether it was got. */
    public boolean gupFast(int cpu, int flags) {
        List<Page> pages = new ArrayList<>();
        return model.gupFast().getUserPagesFast(tasks[cpu], mm, ADDR, 1, flags | GupFlags.FAST_ONLY, pages) == 1;
    }

    /** {@code fork(2)}; the child. */
    public @Nullable Mm fork(int cpu) {
        return model.fork().fork(tasks[cpu], mm, model.munmap());
    }

    /** {@code ptep_get()}. */
    public long pte() {
        return platform.tables.ptepGet(table(), ADDR);
    }

    /** {@code set_pte_at()}. */
    public void setPte(int cpu, long pte) {
        platform.tables.setPteAt(tasks[cpu], vma, table(), ADDR, pte);
    }

    /** {@code ptep_get_and_clear()}. */
    public long ptepGetAndClear(int cpu) {
        return platform.tables.ptepGetAndClear(tasks[cpu], vma, table(), ADDR);
    }

    /** {@code ptep_set_wrprotect()}. */
    public void ptepSetWrprotect(int cpu) {
        platform.tables.ptepSetWrprotect(tasks[cpu], vma, table(), ADDR);
    }

    /** The entry without its right to write ({@code pte_wrprotect()}). */
    public static long wrprotect(long pte) {
        return Pte.wrprotect(pte);
    }

    /** The lowest table; there is one. */
    public PageTable table() {
        return Objects.requireNonNull(platform.tables.pteTable(mm, ADDR));
    }

    /** {@code folio_put()} of the mapping's reference. */
    public void putMapping(int cpu, Page page) {
        platform.folios.put(tasks[cpu], page, RefKind.MAP);
    }

    /** {@code folio_try_get()}. */
    public boolean tryGet(int cpu, Page page) {
        return platform.folios.tryGet(tasks[cpu], page, RefKind.GET, 1);
    }

    /** {@code folio_ref_count()}. */
    public long refCount(Page page) {
        return platform.folios.refCount(page);
    }

    /** {@code PageAnonExclusive()}. */
    public boolean isAnonExclusive(Page page) {
        return platform.folios.isAnonExclusive(page);
    }

    /** {@code folio_maybe_dma_pinned()}. */
    public boolean maybeDmaPinned(Page page) {
        return platform.folios.maybeDmaPinned(page);
    }

    /**
     * {@code folio_try_share_anon_rmap_pte()} as KSM uses it, from the parts of the model, which has no KSM: clears the
     * entry, and if nobody has the page pinned makes it shared; the entry comes back in either case.
     *
     * @return whether the page is shared now
     */
    public boolean tryShareAnonRmap(int cpu, Page page) {
        long old = ptepGetAndClear(cpu);
        kernel.smpMb();
        boolean share = !platform.folios.maybeDmaPinned(page);
        if (share) {
            platform.folios.clear(page, Page.ANON_EXCLUSIVE);
        }
        setPte(cpu, old);
        return share;
    }
}
