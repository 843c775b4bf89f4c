package org.mmrace.jcstress;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.QuiescentAudit;
import org.mmrace.check.Violation;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.fault.TlbStyle;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.Noise;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.MemoryManager;
import org.mmrace.mm.Mm;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.Platform;
import org.mmrace.mm.RefKind;
import org.mmrace.mm.VmFlags;

/**
 * The machine of one sample: two CPUs, a task for each actor, one process, and as little memory as that needs. The
 * constructor of a test sets it up, its actors race on it, and its arbiter recounts it with {@link #verdict}.
 */
final class OperationMachine {
    /** The kernel that must show no bad outcome. */
    static final KernelConfig AFTER = KernelConfig.of(Series.AFTER);

    /** The kernel before the series. */
    static final KernelConfig BEFORE = KernelConfig.of(Series.BEFORE);

    /** {@link #AFTER} where a TLB flush does not wait for GUP-fast to have its interrupts on again. */
    static final KernelConfig BROADCAST = AFTER.with(draft -> draft.tlbStyle(TlbStyle.BROADCAST));

    /** What {@link #verdict} says when nothing is wrong. */
    private static final String OK = "ok";

    private static final int CPUS = 2;

    /** 20 belong to the boot memory map, and each CPU takes 16 at a time; the rest is for 16 pages of a driver. */
    private static final int FRAMES = 72;

    /** Each CPU takes 16 at a time, and number 0 stays unused. */
    private static final int TABLES = 40;

    /** An actor does not wait for ever: the harness also runs one actor alone. */
    private static final int MEETING_SPINS_MAX = 2000;

    /** The task of the first actor, on CPU 0. */
    final Task first = new Task(1, 0, "first");

    /** The task of the second actor, on CPU 1. */
    final Task second = new Task(2, 1, "second");

    /** The task of the constructor and of the arbiter, on CPU 0. */
    final Task arbiter = new Task(3, 0, "arbiter");

    final Kernel kernel;
    final Platform platform;
    final MemoryManager mm;

    /** The process that every machine has. */
    final Mm process;

    private final AtomicReference<@Nullable String> complaint = new AtomicReference<>();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger fileIds = new AtomicInteger();
    private final List<Mm> processes = new ArrayList<>();
    private final List<AddressSpace> files = new ArrayList<>();

    OperationMachine(KernelConfig config) {
        this(config, Noise.NONE);
    }

    /** As the other constructor, with windows stretched by {@code noise}. */
    OperationMachine(KernelConfig config, Noise noise) {
        kernel = new NativeKernel(CPUS, new Complaints(), LockObserver.NONE, RetryWatch.NONE, noise);
        platform = new Platform(kernel, config, MmMonitor.NONE, FRAMES, TABLES);
        mm = new MemoryManager(platform);
        process = newProcess();
    }

    /** AFTER with one fault. */
    static KernelConfig with(Fault fault) {
        return AFTER.with(fault);
    }

    /** Keeps the first thing that the simulated kernel complains about. */
    private final class Complaints implements KernelLog {
        @Override
        public void warn(Task task, String function, String what) {
            complaint.compareAndSet(null, "WARN in " + function);
        }

        @Override
        public void bug(Task task, String function, String what) {
            complaint.compareAndSet(null, "BUG in " + function);
        }

        @Override
        public void badPte(Task task, long pte, long addr) {
            complaint.compareAndSet(null, "bad pte");
        }
    }

    Mm newProcess() {
        Mm created = Objects.requireNonNull(mm.mmap().newMm(arbiter));
        processes.add(created);
        return created;
    }

    /** {@code fork()} of a process; the child is recounted once the arbiter has {@link #adopt}ed it. */
    Mm fork(Task task, Mm parent) {
        return Objects.requireNonNull(mm.fork().fork(task, parent, mm.munmap()));
    }

    /** The arbiter counts this child of {@link #fork} too. */
    Mm adopt(@Nullable Mm child) {
        Mm adopted = Objects.requireNonNull(child);
        processes.add(adopted);
        return adopted;
    }

    /** A sparse file. */
    AddressSpace file(AddressSpace.Kind kind, int pages) {
        AddressSpace file = new AddressSpace(kernel, fileIds.incrementAndGet(), kind, pages);
        files.add(file);
        return file;
    }

    /** A descriptor of a file that the kernel itself knows how to map, open for writing. */
    OpenFile open(AddressSpace file) {
        return new OpenFile(file, true, mm.files().operations(file));
    }

    /** {@code write(2)} to page {@code index}: its result. */
    String write(Task task, AddressSpace file, int index, long value) {
        return Errno.name(mm.files().write(task, open(file), index, value));
    }

    /** Private anonymous memory of the first process that may be read and written. */
    OperationMapping anonymous(int pages) {
        return map(process, pages, Mmap.Request.anonymous(VmFlags.READ | VmFlags.WRITE));
    }

    /** A driver's mapping as of the tracing ring buffer: shared, never writable, VM_MIXEDMAP from the start. */
    OperationMapping ringBuffer(int pages) {
        AddressSpace device = file(AddressSpace.Kind.DEVICE, pages);
        OpenFile open = new OpenFile(device, true, (task, vma) -> {
            vma.modifyFlags(kernel, MmMonitor.NONE, task, VmFlags.MIXEDMAP, VmFlags.MAYWRITE);
            return 0;
        });
        return map(process, pages, new Mmap.Request(open, true, VmFlags.READ, 0));
    }

    /** All of a file, shared, that may be read and written. */
    OperationMapping shared(Mm by, AddressSpace file) {
        return map(by, file.capacity(), new Mmap.Request(open(file), true, VmFlags.READ | VmFlags.WRITE, 0));
    }

    /** All of a file, private. */
    OperationMapping privately(Mm by, AddressSpace file, long prot) {
        return map(by, file.capacity(), new Mmap.Request(open(file), false, prot, 0));
    }

    private OperationMapping map(Mm by, int pages, Mmap.Request request) {
        long start = mm.mmap().mmap(arbiter, by, pages * Address.PAGE_SIZE, request);
        if (start < 0) {
            throw new IllegalStateException("mmap: " + Errno.name(start));
        }
        return new OperationMapping(this, by, start, pages);
    }

    /** A driver's page, ref 1. */
    Page page() {
        return page(arbiter);
    }

    /** A driver's page, ref 1, from the stock of this task's CPU. */
    Page page(Task task) {
        return page(task, PageKind.DRIVER);
    }

    Page page(Task task, PageKind kind) {
        return Objects.requireNonNull(platform.memory().alloc(task, kind));
    }

    List<Page> pages(int count) {
        return Stream.generate(this::page).limit(count).toList();
    }

    /** Whether the page that was freed last on one CPU is the one that was freed last on the other; takes both. */
    boolean freedTwice() {
        return page(arbiter) == page(second);
    }

    /** The owner gives its reference up. */
    void put(Task task, Page page) {
        platform.folios().put(task, page, RefKind.OWNER);
    }

    /**
     * Called by each actor first: returns when both are there, or one has waited long enough, after another short wait
     * of random length, so that every part of one operation meets every part of the other.
     *
     * @param skewMax the longest random wait, in turns of {@link Thread#onSpinWait}
     */
    void meet(int skewMax) {
        arrived.incrementAndGet();
        for (int spins = 0; arrived.get() < CPUS && spins < MEETING_SPINS_MAX; spins++) {
            Thread.onSpinWait();
        }
        for (int spins = ThreadLocalRandom.current().nextInt(skewMax); spins > 0; spins--) {
            Thread.onSpinWait();
        }
    }

    /** How a page is counted: {@code "ref 2 map 1"}. */
    String counts(Page page) {
        return "ref " + platform.folios().refCount(page) + " map "
                + platform.folios().mapcount(page);
    }

    Page zero() {
        return platform.memory().zeroPage();
    }

    /** How many references a page has. */
    long references(@Nullable Page page) {
        return platform.folios().refCount(Objects.requireNonNull(page));
    }

    /** What the page holds, or "no page". */
    String contents(@Nullable Page page) {
        return page == null ? "no page" : Long.toString(platform.memory().contents(page.pfn()));
    }

    /** Whether a page is marked dirty, so that it will be written back. */
    boolean isDirty(@Nullable Page page) {
        return platform.folios().isDirty(Objects.requireNonNull(page));
    }

    /** "copy" for an anonymous page, "file" for a file's, "-" for none. */
    String kind(@Nullable Page page) {
        return page == null ? "-" : platform.folios().isAnon(page) ? "copy" : "file";
    }

    /**
     * The recount, both actors done: every reference, mapcount, RSS, page table and TLB entry, and the zeropage.
     *
     * @return "ok", or the invariants that do not hold such as "I10+I12", or what the kernel complained about
     */
    String verdict() {
        kernel.rcuBarrier(first);
        kernel.rcuBarrier(second);
        String said = complaint.get();
        if (said != null) {
            return said;
        }
        List<Violation> found = new QuiescentAudit(platform).run(processes, files, List.of(first, second, arbiter));
        return found.isEmpty()
                ? OK
                : found.stream()
                        .map(violation -> violation.invariant().name())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining("+"));
    }
}
