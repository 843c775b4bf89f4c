package org.mmrace.conform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Mm;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.VmFlags;
import org.mmrace.op.EndlessLoopWatch;
import org.mmrace.op.Fingerprint;
import org.mmrace.op.Machine;
import org.mmrace.op.MachineSize;

/** The fresh process of one case on a fresh machine, with the one mapping of the case. */
final class ReplayedProcess {
    private final RecordedMapping mapping;
    private final EndlessLoopWatch endlessLoop = new EndlessLoopWatch();
    private final WarnedFunctions warned = new WarnedFunctions();
    private final Machine machine;
    private final Task task;
    private final Mm mm;
    private final Gauges gauges;
    private final DriverPages modulePages;
    private final @Nullable AddressSpace file;
    private final @Nullable OpenFile openFile;
    private final @Nullable ReplayDriver driver;
    private long addr = -1;

    /**
     * A process on a machine of its own.
     *
     * @param change what is to be different from the recorded kernel
     */
    ReplayedProcess(RecordedCase recorded, UnaryOperator<KernelConfig> change) {
        this.mapping = recorded.mapping();
        KernelConfig config =
                change.apply(KernelConfig.ofRelease(recorded.kernel(), Series.valueOf(recorded.series())));
        Kernel kernel = new NativeKernel(1, warned, LockObserver.NONE, endlessLoop);
        machine = new Machine(kernel, config, MachineSize.SMALL, MmMonitor.NONE);
        task = machine.newTask(0, "case");
        Mm fresh = machine.newProcess(task);
        if (fresh == null) {
            throw new IllegalStateException("the replaying machine is too small");
        }
        mm = fresh;
        gauges = new Gauges(machine);
        modulePages = new DriverPages(machine);
        RecordedDriver recordedDriver = mapping.driver();
        driver = recordedDriver == null
                ? null
                : new ReplayDriver(machine, recordedDriver, new DriverPages(machine), gauges);
        AddressSpace.Kind kind = kind(mapping);
        file = kind == null ? null : machine.newFile(kind, mapping.pages());
        openFile = file == null ? null : open(file);
        endlessLoop.watch(() -> Fingerprint.of(machine, List.of(mm), file == null ? List.of() : List.of(file)));
    }

    private static AddressSpace.@Nullable Kind kind(RecordedMapping mapping) {
        RecordedDriver driver = mapping.driver();
        return switch (mapping.backing()) {
            case DRIVER ->
                driver != null && driver.fsdaxInode() ? AddressSpace.Kind.DEVICE_DAX_INODE : AddressSpace.Kind.DEVICE;
            case ANON -> mapping.sharing() == RecordedMapping.Sharing.SHARED ? AddressSpace.Kind.SHMEM : null;
            case MEMFD -> AddressSpace.Kind.SHMEM;
            case FSDAX -> AddressSpace.Kind.FSDAX;
            case EXT4 -> AddressSpace.Kind.PAGE_CACHE;
        };
    }

    private OpenFile open(AddressSpace space) {
        boolean writable = mapping.fileMode() != RecordedMapping.FileMode.RO;
        return driver == null ? machine.open(space, writable) : new OpenFile(space, writable, driver);
    }

    /** mmap(2) as the case says: the address, or a negative errno. */
    long mmap() {
        boolean shared = mapping.sharing() == RecordedMapping.Sharing.SHARED;
        Mmap.Request request = new Mmap.Request(openFile, shared, prot(mapping.prot()), 0);
        return machine.mm().mmap().mmap(task, mm, length(), request);
    }

    /** {@link #mmap}, remembered as the mapping of the case. */
    long mmapForCase() {
        long result = mmap();
        if (result >= 0) {
            addr = result;
        }
        return result;
    }

    static long prot(RecordedMapping.Prot prot) {
        return switch (prot) {
            case NONE -> 0;
            case R -> VmFlags.READ;
            case RW -> VmFlags.READ | VmFlags.WRITE;
        };
    }

    long length() {
        return mapping.pages() * Address.PAGE_SIZE;
    }

    /** The address of page {@code page} of the mapping. */
    long addr(int page) {
        return addr + page * Address.PAGE_SIZE;
    }

    RecordedMapping mapping() {
        return mapping;
    }

    Machine machine() {
        return machine;
    }

    Task task() {
        return task;
    }

    Mm mm() {
        return mm;
    }

    Gauges gauges() {
        return gauges;
    }

    DriverPages modulePages() {
        return modulePages;
    }

    @Nullable
    ReplayDriver driver() {
        return driver;
    }

    /** A writable descriptor of the mapped file, for system calls on it; null where the case has no file. */
    @Nullable
    OpenFile descriptor() {
        return file == null || mapping.backing() == RecordedMapping.Backing.ANON ? null : machine.open(file, true);
    }

    EndlessLoopWatch endlessLoop() {
        return endlessLoop;
    }

    /** The functions that warned, each once. */
    List<String> warnings() {
        return new ArrayList<>(warned.functions());
    }

    /** The process exits, and its files are closed. */
    void exit() {
        task.clearSignals();
        machine.mm().munmap().exitMmap(task, mm);
        modulePages.releaseAll(task);
        if (driver != null) {
            driver.close(task);
        }
        machine.kernel().rcuBarrier(task);
    }
}
