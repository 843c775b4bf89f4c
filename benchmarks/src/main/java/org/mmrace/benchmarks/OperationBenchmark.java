package org.mmrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Mm;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;
import org.mmrace.op.Machine;
import org.mmrace.op.MachineSize;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The hot operations of the model on one CPU, without monitors. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OperationBenchmark {
    private static final long READ_WRITE = VmFlags.READ | VmFlags.WRITE;

    private final Kernel kernel = new NativeKernel(1, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
    private final Machine machine =
            new Machine(kernel, KernelConfig.of(Series.AFTER), MachineSize.SMALL, MmMonitor.NONE);
    private final Task task = machine.newTask(0, "benchmark");
    private final Mm mm = Objects.requireNonNull(machine.newProcess(task));
    private final Page page = Objects.requireNonNull(machine.platform().memory().alloc(task, PageKind.DRIVER));
    private final LocalLong value = new LocalLong(0);
    private final List<Page> pages = new ArrayList<>();
    private long anon;
    private long driver;

    /** Maps a page of anonymous memory, written once, and a page of a driver's. */
    @Setup
    public void map() {
        anon = machine.mm().mmap().mmap(task, mm, 16 * Address.PAGE_SIZE, Mmap.Request.anonymous(READ_WRITE));
        machine.mm().userAccess().store(task, mm, anon, 1);
        AddressSpace device = machine.newFile(AddressSpace.Kind.DEVICE, 1);
        OpenFile file = new OpenFile(device, true, (owner, vma) -> {
            vma.modifyFlags(kernel, MmMonitor.NONE, owner, VmFlags.MIXEDMAP, 0);
            return 0;
        });
        driver = machine.mm().mmap().mmap(task, mm, Address.PAGE_SIZE, new Mmap.Request(file, true, READ_WRITE, 0));
    }

    /** {@code vm_insert_page()} under mmap_lock, then MADV_DONTNEED. */
    @Benchmark
    public int insertAndZap() {
        kernel.downRead(task, mm.mmapLock());
        Vma vma = Objects.requireNonNull(mm.tree().lookup(driver));
        int result = machine.mm().insertPage().vmInsertPage(task, vma, driver, page);
        kernel.upRead(task, mm.mmapLock());
        return result + machine.mm().madvise().dontneed(task, mm, driver, Address.PAGE_SIZE);
    }

    /** {@code get_user_pages_fast()} of a written anonymous page, then put. */
    @Benchmark
    public int fastGetAndPut() {
        pages.clear();
        int got = machine.mm().gupFast().getUserPagesFast(task, mm, anon, 1, GupFlags.GET, pages);
        machine.mm().gup().release(task, pages.get(0), GupFlags.GET);
        return got;
    }

    /** A load that faults in the zeropage, then MADV_DONTNEED. */
    @Benchmark
    public int faultAndZap() {
        long addr = anon + Address.PAGE_SIZE;
        machine.mm().userAccess().load(task, mm, addr, value);
        return machine.mm().madvise().dontneed(task, mm, addr, Address.PAGE_SIZE);
    }

    /** A load, a store that copies the zeropage, then MADV_DONTNEED. */
    @Benchmark
    public int faultCowAndZap() {
        long addr = anon + 2 * Address.PAGE_SIZE;
        machine.mm().userAccess().load(task, mm, addr, value);
        machine.mm().userAccess().store(task, mm, addr, 1);
        return machine.mm().madvise().dontneed(task, mm, addr, Address.PAGE_SIZE);
    }

    /** mprotect(2) of the whole mapping to read-only and back. */
    @Benchmark
    public int mprotectPair() {
        long length = 16 * Address.PAGE_SIZE;
        return machine.mm().mprotect().mprotect(task, mm, anon, length, VmFlags.READ)
                + machine.mm().mprotect().mprotect(task, mm, anon, length, READ_WRITE);
    }
}
