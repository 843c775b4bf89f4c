package org.mmrace.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.LockOrder;
import org.mmrace.check.LogMonitor;
import org.mmrace.check.Monitors;
import org.mmrace.check.ViolationSink;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.Noise;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Mm;
import org.mmrace.mm.MmMonitor;
import org.mmrace.op.Machine;
import org.mmrace.op.MachineSize;

/** The machine of a campaign with its files, processes and workers. */
final class World {
    /** A sleep takes as long as some 50 operations, so there is one in a thousand operations. */
    private static final int STEPS_PER_SLEEP = 20_000;

    private static final int FRAMES_BASE = 96;
    private static final int FRAMES_PER_PROCESS = 80;
    private static final int FRAMES_PER_FILE_SET = 96;
    private static final int FRAMES_PER_CPU = 96;
    private static final int TABLES_BASE = 16;
    private static final int TABLES_PER_PROCESS = 32;
    private static final int TABLES_PER_CPU = 112;

    private final StressConfig config;
    private final ViolationSink sink;
    private final NativeKernel kernel;
    private final Machine machine;
    private final List<Worker> workers = new ArrayList<>();
    private final List<FileSet> fileSets = new ArrayList<>();
    private final Process[] processes;
    private volatile Slot hot = Slot.DAX_SHARED;

    /** Boots it and starts the processes; violations go to {@code sink} from then on. */
    World(StressConfig config, ViolationSink sink) {
        this.config = config;
        this.sink = sink;
        Monitors monitors = new Monitors(sink);
        LockObserver locks = config.monitors() ? new LockOrder(sink) : LockObserver.NONE;
        MmMonitor cells = config.monitors() ? monitors : MmMonitor.NONE;
        boolean together = config.threads() > 1 && !config.processesDisjoint();
        Noise noise = together ? new Noise(STEPS_PER_SLEEP, config.seed()) : Noise.NONE;
        this.kernel = new NativeKernel(config.threads(), new LogMonitor(sink), locks, new LivelockWatch(sink), noise);
        this.machine = new Machine(kernel, config.kernel(), size(config), cells);
        monitors.attach(machine.platform());
        AtomicReference<@Nullable Duel> openDuel = new AtomicReference<>();
        for (int cpu = 0; cpu < config.threads(); cpu++) {
            Duellist duellist = together ? new Duellist(openDuel, config.mix()) : null;
            workers.add(new Worker(this, machine.newTask(cpu, "worker-" + cpu), duellist, config.seed()));
        }
        Task boot = workers.get(0).task();
        this.processes = new Process[config.processCount()];
        for (int i = 0; i < processes.length; i++) {
            if (i == 0 || config.processesDisjoint()) {
                fileSets.add(new FileSet(this, i, boot));
            }
            processes[i] = startProcess(boot, fileSets.get(fileSets.size() - 1));
        }
        workers.forEach(worker -> worker.goTo(processes[worker.task().cpu() % processes.length]));
    }

    /** Enough for everybody once, so that memory is recycled at once and hardly ever runs out. */
    private static MachineSize size(StressConfig config) {
        int fileSets = config.processesDisjoint() ? config.threads() : 1;
        return new MachineSize(
                config.threads(),
                FRAMES_BASE
                        + FRAMES_PER_FILE_SET * fileSets
                        + FRAMES_PER_PROCESS * config.processCount()
                        + FRAMES_PER_CPU * config.threads(),
                TABLES_BASE + TABLES_PER_PROCESS * config.processCount() + TABLES_PER_CPU * config.threads());
    }

    private Process startProcess(Task task, FileSet files) {
        Mm mm = machine.newProcess(task);
        if (mm == null) {
            throw new IllegalStateException("no page table left for another process");
        }
        for (Slot slot : Slot.values()) {
            long length = slot.addr(slot.pages()) - slot.start();
            machine.mm().mmap().mmapAt(task, mm, slot.start(), length, files.request(slot, 0));
        }
        return Process.first(mm, files);
    }

    StressConfig config() {
        return config;
    }

    ViolationSink sink() {
        return sink;
    }

    NativeKernel kernel() {
        return kernel;
    }

    Machine machine() {
        return machine;
    }

    List<Worker> workers() {
        return workers;
    }

    /** Who runs on the CPU of {@code task}. */
    Worker worker(Task task) {
        return workers.get(task.cpu());
    }

    int processCount() {
        return processes.length;
    }

    Process process(int i) {
        return processes[i];
    }

    /** Where everybody meets for the time being. */
    Slot hot() {
        return hot;
    }

    void heat(Slot slot) {
        hot = slot;
    }

    /** Every address space; nobody may fork or exit meanwhile. */
    List<Mm> mms() {
        List<Mm> mms = new ArrayList<>();
        for (Process process : processes) {
            mms.add(process.mm());
        }
        for (Worker worker : workers) {
            Process child = worker.child();
            if (child != null) {
                mms.add(child.mm());
            }
        }
        return mms;
    }

    List<AddressSpace> files() {
        List<AddressSpace> files = new ArrayList<>();
        fileSets.forEach(set -> files.addAll(set.all()));
        return files;
    }

    List<Task> tasks() {
        return workers.stream().map(Worker::task).toList();
    }

    /** One process exits and starts again, as exec does. All workers rest. */
    void restart(int i, Task task) {
        FileSet files = processes[i].files();
        machine.mm().munmap().exitMmap(task, processes[i].mm());
        kernel.rcuBarrier(task);
        processes[i] = startProcess(task, files);
        for (Worker worker : workers) {
            worker.goHome();
        }
    }

    /** Everything ends: children are gone, all workers rest. */
    void tearDown(Task task) {
        for (Process process : processes) {
            machine.mm().munmap().exitMmap(task, process.mm());
        }
        for (FileSet set : fileSets) {
            for (FileKind kind : FileKind.values()) {
                if (!kind.isDriver()) {
                    // What was written beyond the end of the file goes as well.
                    machine.mm()
                            .files()
                            .truncate(
                                    task, set.writable(kind), set.mapping(kind).capacity());
                    machine.mm().files().truncate(task, set.writable(kind), 0);
                }
            }
            set.release(task);
        }
        tasks().forEach(kernel::rcuBarrier);
    }
}
