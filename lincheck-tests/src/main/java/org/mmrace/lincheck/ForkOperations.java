package org.mmrace.lincheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.Page;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;

/**
 * One page of anonymous memory, its children and its pins: a child keeps what the parent had when it forked, and a pin
 * sees what the parent sees. Each thread may have one child and one pin.
 */
@Param(name = "value", gen = IntGen.class, conf = "1:9")
@Param(name = "thread", gen = ThreadIdGen.class)
public class ForkOperations {
    private static final long READ_WRITE = VmFlags.READ | VmFlags.WRITE;

    private final MachineUnderTest machine;
    private final Mm parent;
    private final long addr;
    private final @Nullable Mm[] children = new @Nullable Mm[MachineUnderTest.THREAD_IDS];
    private final @Nullable Page[] pins = new @Nullable Page[MachineUnderTest.THREAD_IDS];

    /** Called by Lincheck. */
    public ForkOperations() {
        this(KernelConfig.of(Series.AFTER));
    }

    ForkOperations(KernelConfig config) {
        Invocations.began();
        machine = MachineUnderTest.withProcesses(config, MachineUnderTest.THREAD_IDS);
        Task boot = machine.task(0);
        parent = machine.newProcess(boot);
        addr = machine.mm().mmap().mmap(boot, parent, Address.PAGE_SIZE, Mmap.Request.anonymous(READ_WRITE));
    }

    private String load(Task task, Mm mm) {
        LocalLong value = new LocalLong(0);
        Outcome outcome = machine.mm().userAccess().load(task, mm, addr, value);
        return outcome == Outcome.DONE ? Long.toString(value.get()) : outcome.name();
    }

    /** The parent loads. */
    @Operation
    public final String load(@Param(name = "thread") int thread) {
        return load(machine.task(thread), parent);
    }

    /** The parent stores. */
    @Operation
    public final String store(@Param(name = "value") int value, @Param(name = "thread") int thread) {
        Outcome outcome = machine.mm().userAccess().store(machine.task(thread), parent, addr, value);
        return outcome == Outcome.DONE ? "0" : outcome.name();
    }

    /** A page fault by a store of the parent, without the store. */
    @Operation
    public final String writeFault(@Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        int result = machine.mm().pageFault().doUserAddrFault(task, parent, addr, true, true);
        return (result & FaultResult.ERROR) == 0 ? "0" : "SIGSEGV";
    }

    /** {@code fork()}, unless this thread has a child. */
    @Operation
    public final String fork(@Param(name = "thread") int thread) {
        if (children[thread] != null) {
            return "has one";
        }
        Task task = machine.task(thread);
        Mm child = Objects.requireNonNull(
                machine.mm().fork().fork(task, parent, machine.mm().munmap()));
        children[thread] = machine.adopt(child);
        return "0";
    }

    /** The child of this thread loads. */
    @Operation
    public final String childLoads(@Param(name = "thread") int thread) {
        Mm child = children[thread];
        return child == null ? "none" : load(machine.task(thread), child);
    }

    /** {@code pin_user_pages_fast(FOLL_WRITE)}, unless this thread has a pin. */
    @Operation
    public final String pin(@Param(name = "thread") int thread) {
        if (pins[thread] != null) {
            return "has one";
        }
        List<Page> pages = new ArrayList<>();
        int flags = GupFlags.PIN | GupFlags.WRITE;
        int result = machine.mm().gupFast().getUserPagesFast(machine.task(thread), parent, addr, 1, flags, pages);
        if (result != 1) {
            return Errno.name(result);
        }
        pins[thread] = pages.get(0);
        return "0";
    }

    /** A device reads through the pin of this thread. */
    @Operation
    public final String readPinned(@Param(name = "thread") int thread) {
        Page page = pins[thread];
        return page == null ? "none" : Long.toString(machine.platform().memory().contents(page.pfn()));
    }

    /** {@code mprotect(PROT_READ)}. */
    @Operation
    public final String mprotectRead(@Param(name = "thread") int thread) {
        return mprotect(thread, VmFlags.READ);
    }

    /** {@code mprotect(PROT_READ | PROT_WRITE)}. */
    @Operation
    public final String mprotectReadWrite(@Param(name = "thread") int thread) {
        return mprotect(thread, READ_WRITE);
    }

    private String mprotect(int thread, long prot) {
        Task task = machine.task(thread);
        return Errno.name(machine.mm().mprotect().mprotect(task, parent, addr, Address.PAGE_SIZE, prot));
    }

    /** Recounts everything. */
    @Validate
    public final void audit() {
        machine.audit();
    }
}
