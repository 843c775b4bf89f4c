package org.mmrace.lincheck;

import java.util.Objects;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;
import org.mmrace.mm.VmaLockAccess;
import org.mmrace.mm.VmaLocks;

/**
 * The per-VMA lock (mm/memory.c {@code lock_vma_under_rcu()}, include/linux/mm.h {@code vma_start_write()}): a writer
 * changes two flags of one VMA, one after the other, and no reader may see one without the other.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
public class VmaLockOperations {
    private static final long FIRST = VmFlags.DONTDUMP;
    private static final long SECOND = VmFlags.DONTEXPAND;

    private final MachineUnderTest machine;
    private final Mm process;
    private final long addr;

    /** Called by Lincheck. */
    public VmaLockOperations() {
        this(KernelConfig.of(Series.AFTER));
    }

    VmaLockOperations(KernelConfig config) {
        Invocations.began();
        machine = new MachineUnderTest(config);
        Task boot = machine.task(0);
        process = machine.newProcess(boot);
        Mmap.Request request = Mmap.Request.anonymous(VmFlags.READ | VmFlags.WRITE);
        addr = machine.mm().mmap().mmap(boot, process, Address.PAGE_SIZE, request);
    }

    private VmaLocks locks() {
        return machine.platform().vmaLocks();
    }

    /** Sets both flags, or clears both; the lock ends with mmap_lock. */
    @Operation
    public final String set(@Param(gen = BooleanGen.class) boolean value, @Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        lockAndChange(task, value);
        locks().mmapWriteUnlock(task, process);
        return "0";
    }

    /** The same; the lock ends with a downgrade of mmap_lock, under which the writer looks at what it did. */
    @Operation
    public final String setAndDowngrade(
            @Param(gen = BooleanGen.class) boolean value, @Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        lockAndChange(task, value);
        VmaLockAccess.mmapWriteDowngrade(machine.platform(), task, process);
        String seen = flags(Objects.requireNonNull(process.tree().lookup(addr)));
        machine.kernel().upRead(task, process.mmapLock());
        return seen;
    }

    private void lockAndChange(Task task, boolean value) {
        locks().mmapWriteLock(task, process);
        Vma vma = Objects.requireNonNull(process.tree().lookup(addr));
        locks().startWrite(task, vma);
        for (long flag : new long[] {FIRST, SECOND}) {
            vma.modifyFlags(machine.kernel(), machine.platform().monitor(), task, value ? flag : 0, value ? 0 : flag);
        }
    }

    /** Both flags under the VMA lock, or {@code "busy"} when it cannot be had. */
    @Operation
    public final String tryRead(@Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        Vma locked = locks().lockVmaUnderRcu(task, process, addr);
        if (locked == null) {
            return "busy";
        }
        String seen = flags(locked);
        locks().endRead(task, locked);
        return seen;
    }

    /** Both flags under the VMA lock, or under mmap_lock when that cannot be had. */
    @Operation
    public final String read(@Param(name = "thread") int thread) {
        String seen = tryRead(thread);
        if (!seen.equals("busy")) {
            return seen;
        }
        Task task = machine.task(thread);
        machine.kernel().downRead(task, process.mmapLock());
        seen = flags(Objects.requireNonNull(process.tree().lookup(addr)));
        machine.kernel().upRead(task, process.mmapLock());
        return seen;
    }

    /** Two loads: nobody may come between them. */
    private String flags(Vma vma) {
        boolean first = (vma.flags(machine.kernel()) & FIRST) != 0;
        boolean second = (vma.flags(machine.kernel()) & SECOND) != 0;
        return first + " " + second;
    }

    /** No reader is left. */
    @Validate
    public final void audit() {
        machine.audit();
    }
}
