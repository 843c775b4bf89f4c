package org.mmrace.lincheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.mmrace.check.Invariant;
import org.mmrace.check.QuiescentAudit;
import org.mmrace.check.Violation;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.MemoryManager;
import org.mmrace.mm.Mm;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.Platform;
import org.mmrace.mm.RefKind;

/**
 * The smallest machine that an execution needs: Lincheck makes a new one for each of its invocations. One task, on a
 * CPU of its own, for each thread id that Lincheck hands out: 0 for the initial part, 1 to n for the threads, n + 1 for
 * the final part.
 */
final class MachineUnderTest {
    /** Thread ids of the widest test: three threads, the initial and the final part. */
    static final int THREAD_IDS = 5;

    private static final int FRAMES = 40;
    private static final int TABLES = 20;
    private static final int TABLES_PER_PROCESS = 3;
    private static final int PTRS_PER_TABLE = 4;

    /** What BEFORE breaks by design: the rules of the zeropage, which it also counts as resident. */
    private static final Set<Invariant> BROKEN_BEFORE = Set.of(
            Invariant.I01,
            Invariant.I02,
            Invariant.I03,
            Invariant.I04,
            Invariant.I05,
            Invariant.I06,
            Invariant.I07,
            Invariant.I08,
            Invariant.I12);

    private final Platform platform;
    private final MemoryManager mm;
    private final List<Task> tasks;
    private final List<Mm> processes = new ArrayList<>();
    private final List<AddressSpace> files = new ArrayList<>();

    MachineUnderTest(KernelConfig config) {
        this(config, TABLES);
    }

    /** One with room for this many more processes. */
    static MachineUnderTest withProcesses(KernelConfig config, int more) {
        return new MachineUnderTest(config, TABLES + more * TABLES_PER_PROCESS);
    }

    private MachineUnderTest(KernelConfig config, int tables) {
        Kernel kernel = new NativeKernel(THREAD_IDS, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
        KernelConfig small = config.with(draft -> draft.ptrsPerTable(PTRS_PER_TABLE));
        platform = new Platform(kernel, small, MmMonitor.NONE, FRAMES, tables);
        mm = new MemoryManager(platform);
        tasks = IntStream.range(0, THREAD_IDS)
                .mapToObj(cpu -> new Task(cpu, cpu, "thread " + cpu))
                .toList();
    }

    Kernel kernel() {
        return platform.kernel();
    }

    Platform platform() {
        return platform;
    }

    MemoryManager mm() {
        return mm;
    }

    /** The task of a thread id. */
    Task task(int thread) {
        return tasks.get(thread);
    }

    /** A process. */
    Mm newProcess(Task task) {
        return adopt(Objects.requireNonNull(mm.mmap().newMm(task), "no page table left"));
    }

    /** From now on the audit looks at this process too. */
    Mm adopt(Mm process) {
        processes.add(process);
        return process;
    }

    /** A sparse file. */
    AddressSpace newFile(AddressSpace.Kind kind, int pages) {
        AddressSpace file = new AddressSpace(platform.kernel(), files.size() + 1L, kind, pages);
        files.add(file);
        return file;
    }

    /** A driver's page that holds {@code contents}. */
    Page newPage(Task task, long contents) {
        Page page = Objects.requireNonNull(platform.memory().alloc(task, PageKind.DRIVER), "no frame left");
        platform.memory().setContents(task, page.pfn(), contents);
        return page;
    }

    /** {@code put_page()} by the driver. */
    void put(Task task, Page page) {
        platform.folios().put(task, page, RefKind.OWNER);
    }

    /**
     * The full recount, at rest.
     *
     * @throws IllegalStateException when anything is wrong; its message says what
     */
    void audit() {
        tasks.forEach(task -> kernel().rcuBarrier(task));
        List<Violation> violations = new ArrayList<>(new QuiescentAudit(platform).run(processes, files, tasks));
        if (platform.config().series() == Series.BEFORE) {
            violations.removeIf(violation -> BROKEN_BEFORE.contains(violation.invariant()));
        }
        if (!violations.isEmpty()) {
            throw new IllegalStateException("audit: " + violations);
        }
    }
}
