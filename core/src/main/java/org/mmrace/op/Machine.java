package org.mmrace.op;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.Ghost;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.MemoryManager;
import org.mmrace.mm.Mm;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Platform;

/** One simulated machine: CPUs, memory and the kernel on it. Files, processes and tasks are made from it. */
public final class Machine {
    private final Platform platform;
    private final MemoryManager memoryManager;
    private final Ghost taskIds = new Ghost();
    private final Ghost fileIds = new Ghost();

    /**
     * Boots a machine.
     *
     * @param kernel what runs it; has {@code size.cpus()} CPUs
     * @param monitor watches the cells
     */
    public Machine(Kernel kernel, KernelConfig config, MachineSize size, MmMonitor monitor) {
        this.platform = new Platform(kernel, config, monitor, size.frames(), size.tables());
        this.memoryManager = new MemoryManager(platform);
    }

    /** What runs it. */
    public Kernel kernel() {
        return platform.kernel();
    }

    /** The knobs of its kernel. */
    public KernelConfig config() {
        return platform.config();
    }

    /** Its memory, page tables and TLBs. */
    public Platform platform() {
        return platform;
    }

    /** Its kernel's mm/. */
    public MemoryManager mm() {
        return memoryManager;
    }

    /** A task on {@code cpu}; at most one task of a CPU may run at a time. */
    public Task newTask(int cpu, String name) {
        return new Task((int) taskIds.add(1), cpu, name);
    }

    /** An empty address space; null when no page table is left. */
    public @Nullable Mm newProcess(Task task) {
        return memoryManager.mmap().newMm(task);
    }

    /**
     * A sparse file of {@code pages} pages.
     *
     * @throws SetupFailedException for a file of secret memory in a kernel without it
     */
    public AddressSpace newFile(AddressSpace.Kind kind, int pages) {
        if (kind == AddressSpace.Kind.SECRETMEM && !config().secretmem()) {
            throw new SetupFailedException("memfd_secret(2) is not there: secretmem is false");
        }
        return new AddressSpace(platform.kernel(), fileIds.add(1), kind, pages);
    }

    /** A descriptor of a file that the kernel itself knows how to map: shared memory, page cache, or FSDAX. */
    public OpenFile open(AddressSpace mapping, boolean writable) {
        return new OpenFile(mapping, writable, memoryManager.files().operations(mapping));
    }
}
