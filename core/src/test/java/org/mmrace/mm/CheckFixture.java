package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.check.LockOrder;
import org.mmrace.check.LogMonitor;
import org.mmrace.check.Monitors;
import org.mmrace.check.QuiescentAudit;
import org.mmrace.check.Violation;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.fault.VmaLockStyle;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;

/** A small machine with every check on, whose cells a test may bend. One thread, two tasks. */
final class CheckFixture {
    static final long PAGE = Address.PAGE_SIZE;
    static final long START = 16 * PAGE;
    static final long PRIVATE =
            VmFlags.READ | VmFlags.WRITE | VmFlags.MAYREAD | VmFlags.MAYWRITE | VmFlags.MAYEXEC | VmFlags.SOFTDIRTY;
    static final long SHARED = PRIVATE | VmFlags.SHARED | VmFlags.MAYSHARE;
    static final long NEVER_WRITABLE = SHARED & ~(VmFlags.WRITE | VmFlags.MAYWRITE);
    static final long RO = Pte.PRESENT | Pte.ACCESSED;
    static final long RW = RO | Pte.RW;

    final List<Violation> violations = new ArrayList<>();
    final LockOrder lockOrder = new LockOrder(violations::add);
    final NativeKernel kernel = new NativeKernel(2, new LogMonitor(violations::add), lockOrder, RetryWatch.NONE);
    final Monitors monitors = new Monitors(violations::add);
    final Platform platform;
    final MemoryManager manager;
    final Task task = new Task(0, 0, "task0");
    final Task other = new Task(1, 1, "task1");
    final Mm mm;
    final Page zero;

    CheckFixture() {
        this(KernelConfig.of(Series.AFTER));
    }

    CheckFixture(KernelConfig config) {
        platform = new Platform(kernel, config, monitors, 64, 32);
        monitors.attach(platform);
        manager = new MemoryManager(platform);
        mm = newMm();
        zero = platform.memory().zeroPage();
    }

    Mm newMm() {
        return Objects.requireNonNull(manager.mmap().newMm(task));
    }

    /** The invariants that {@code action} broke, each once, in order. */
    List<Invariant> broken(Runnable action) {
        violations.clear();
        action.run();
        return violations.stream().map(Violation::invariant).distinct().toList();
    }

    /** What the audit finds, each invariant once, in order. */
    List<Invariant> audited(AddressSpace... files) {
        kernel.rcuBarrier(task);
        return new QuiescentAudit(platform)
                .run(List.of(mm), List.of(files), List.of(task, other)).stream()
                        .map(Violation::invariant)
                        .distinct()
                        .toList();
    }

    /** Four pages at {@link #START}, in the tree. */
    Vma vma(long flags, @Nullable OpenFile file) {
        Vma vma = detachedVma(flags, file);
        mm.tree().replace(List.of(), List.of(vma));
        return vma;
    }

    Vma detachedVma(long flags, @Nullable OpenFile file) {
        return vmaOf(mm, flags, file);
    }

    /** As {@link #detachedVma}, in another address space. */
    Vma vmaOf(Mm owner, long flags, @Nullable OpenFile file) {
        boolean counted = platform.config.vmaLock() == VmaLockStyle.REFCNT;
        VmaObject object = counted ? platform.vmaCache.alloc(task) : null;
        long id = kernel.addReturn(owner.vmaIds, 1);
        Vma vma = new Vma(owner, id, file, object, START, START + 4 * PAGE, 0, flags);
        if (object != null) {
            kernel.rcuAssignPointer(object.vma, vma);
        }
        return vma;
    }

    /** The table of PTEs around {@link #START}. */
    PageTable table() {
        PageTable table = Objects.requireNonNull(platform.tables().getLockedPte(task, mm, START));
        platform.tables().pteUnlock(task, table);
        return table;
    }

    /** Runs {@code action} with mmap_lock for reading and the PTL. */
    void locked(Runnable action) {
        PageTable table = table();
        kernel.downRead(task, mm.mmapLock());
        kernel.spinLock(task, table.ptl());
        action.run();
        kernel.spinUnlock(task, table.ptl());
        kernel.upRead(task, mm.mmapLock());
    }

    /** Stores an entry at {@link #START} as a page fault would. */
    void install(Vma vma, long pte, boolean counted) {
        PageTable table = table();
        locked(() -> platform.tables().install(task, vma, table, START, pte, counted));
    }

    /** Changes the entry at {@link #START}. */
    void set(Vma vma, long pte) {
        PageTable table = table();
        locked(() -> platform.tables().ptepSetAccessFlags(task, vma, table, START, pte));
    }

    Page page(PageKind kind) {
        return Objects.requireNonNull(platform.memory().alloc(task, kind));
    }

    /** Maps {@code page} at {@link #START} and counts it; the reference of its owner becomes the mapping's. */
    void map(Vma vma, Page page, long prot) {
        mapcount(page, 1);
        platform.folios().convert(page, RefKind.OWNER, RefKind.MAP);
        install(vma, Pte.make(page.pfn(), prot), true);
    }

    void mapcount(Page page, long delta) {
        monitors.mapcountChanged(task, page, kernel.addReturn(page.mapcount, delta));
    }

    AddressSpace file(AddressSpace.Kind kind) {
        return new AddressSpace(kernel, 1, kind, 8);
    }

    static OpenFile open(AddressSpace file) {
        return new OpenFile(file, true, (task, vma) -> 0);
    }
}
