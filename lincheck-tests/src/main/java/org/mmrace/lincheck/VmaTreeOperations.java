package org.mmrace.lincheck;

import java.util.StringJoiner;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;

/** The VMA tree (mm/mmap.c, mm/vma.c) of three pages of anonymous memory: find, insert, split, merge, remove. */
@Param(name = "page", gen = IntGen.class, conf = "0:2")
@Param(name = "thread", gen = ThreadIdGen.class)
public class VmaTreeOperations {
    private static final long START = 20 * Address.PAGE_SIZE;
    private static final long READ_WRITE = VmFlags.READ | VmFlags.WRITE;

    private final MachineUnderTest machine;
    private final Mm process;

    /** Called by Lincheck. */
    public VmaTreeOperations() {
        this(KernelConfig.of(Series.AFTER));
    }

    VmaTreeOperations(KernelConfig config) {
        Invocations.began();
        machine = new MachineUnderTest(config);
        process = machine.newProcess(machine.task(0));
    }

    private static long addr(int page) {
        return START + page * Address.PAGE_SIZE;
    }

    private String finish(Task task, long result) {
        machine.kernel().noteContextSwitch(task);
        return result > 0 ? "0" : Errno.name(result);
    }

    /** {@code mmap(MAP_FIXED_NOREPLACE)} of one page. */
    @Operation
    public final String insert(@Param(name = "page") int page, @Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        Mmap.Request request = Mmap.Request.anonymous(READ_WRITE);
        return finish(task, machine.mm().mmap().mmapAt(task, process, addr(page), Address.PAGE_SIZE, request));
    }

    /** {@code munmap()} of one page, which may split a VMA. */
    @Operation
    public final String remove(@Param(name = "page") int page, @Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        return finish(task, machine.mm().munmap().munmap(task, process, addr(page), Address.PAGE_SIZE));
    }

    /** {@code mprotect()} of one page, which splits VMAs and joins them: to read-only, or to read and write. */
    @Operation
    public final String protect(
            @Param(name = "page") int page,
            @Param(gen = BooleanGen.class) boolean write,
            @Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        long prot = write ? READ_WRITE : VmFlags.READ;
        return finish(task, machine.mm().mprotect().mprotect(task, process, addr(page), Address.PAGE_SIZE, prot));
    }

    /** {@code vma_lookup()} under RCU alone: whether there is a VMA. */
    @Operation
    public final boolean find(@Param(name = "page") int page, @Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        machine.kernel().rcuReadLock(task);
        boolean found = process.tree().lookup(addr(page)) != null;
        machine.kernel().rcuReadUnlock(task);
        return found;
    }

    /**
     * {@code lock_vma_under_rcu()}, or mmap_lock where that fails: the VMA of a page, with its first and last page and
     * whether it may be written.
     */
    @Operation
    public final String lockAndRead(@Param(name = "page") int page, @Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        Vma locked = machine.platform().vmaLocks().lockVmaUnderRcu(task, process, addr(page));
        if (locked != null) {
            String text = text(locked);
            machine.platform().vmaLocks().endRead(task, locked);
            return text;
        }
        machine.kernel().downRead(task, process.mmapLock());
        Vma vma = process.tree().lookup(addr(page));
        String text = vma == null ? "none" : text(vma);
        machine.kernel().upRead(task, process.mmapLock());
        return text;
    }

    /** All VMAs, under mmap_lock. */
    @Operation
    public final String list(@Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        machine.kernel().downRead(task, process.mmapLock());
        StringJoiner all = new StringJoiner(" ");
        for (Vma vma : process.tree().all()) {
            all.add(text(vma));
        }
        machine.kernel().upRead(task, process.mmapLock());
        return all.toString();
    }

    private String text(Vma vma) {
        long first = (vma.start(machine.kernel()) - START) / Address.PAGE_SIZE;
        long end = (vma.end(machine.kernel()) - START) / Address.PAGE_SIZE;
        boolean write = (vma.flags(machine.kernel()) & VmFlags.WRITE) != 0;
        return first + "-" + (end - 1) + (write ? "rw" : "r");
    }

    /** Recounts everything. */
    @Validate
    public final void audit() {
        machine.audit();
    }
}
