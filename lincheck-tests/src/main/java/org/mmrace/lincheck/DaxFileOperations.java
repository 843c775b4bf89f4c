package org.mmrace.lincheck;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;

/**
 * One page of a file on an FSDAX filesystem, a hole at first, mapped shared by two processes (fs/dax.c): a register of
 * which a hole's zeropage must never be a stale copy. Threads of even number use the one process, of odd number the
 * other.
 */
@Param(name = "value", gen = IntGen.class, conf = "1:9")
@Param(name = "thread", gen = ThreadIdGen.class)
public class DaxFileOperations {
    private static final int PROCESSES = 2;

    private final MachineUnderTest machine;
    private final OpenFile file;
    private final Mm[] processes = new Mm[PROCESSES];
    private final long[] start = new long[PROCESSES];

    /** Called by Lincheck. */
    public DaxFileOperations() {
        this(KernelConfig.of(Series.AFTER));
    }

    DaxFileOperations(KernelConfig config) {
        Invocations.began();
        machine = new MachineUnderTest(config);
        AddressSpace mapping = machine.newFile(AddressSpace.Kind.FSDAX, 1);
        file = new OpenFile(mapping, true, machine.mm().files().operations(mapping));
        Task boot = machine.task(0);
        Mmap.Request request = new Mmap.Request(file, true, VmFlags.READ | VmFlags.WRITE, 0);
        for (int i = 0; i < PROCESSES; i++) {
            processes[i] = machine.newProcess(boot);
            start[i] = machine.mm().mmap().mmap(boot, processes[i], Address.PAGE_SIZE, request);
        }
    }

    /** A load through a process's mapping. */
    @Operation
    public final String load(@Param(name = "thread") int thread) {
        LocalLong value = new LocalLong(0);
        int process = thread % PROCESSES;
        Outcome outcome =
                machine.mm().userAccess().load(machine.task(thread), processes[process], start[process], value);
        return outcome == Outcome.DONE ? Long.toString(value.get()) : outcome.name();
    }

    /** A store through a process's mapping. */
    @Operation
    public final String store(@Param(name = "value") int value, @Param(name = "thread") int thread) {
        int process = thread % PROCESSES;
        Outcome outcome =
                machine.mm().userAccess().store(machine.task(thread), processes[process], start[process], value);
        return outcome == Outcome.DONE ? "0" : outcome.name();
    }

    /** {@code write(2)}. */
    @Operation
    public final String write(@Param(name = "value") int value, @Param(name = "thread") int thread) {
        return machine.mm().files().write(machine.task(thread), file, 0, value) == 1 ? "0" : "failed";
    }

    /** Recounts everything. */
    @Validate
    public final void audit() {
        machine.audit();
    }

    /** A register of which 0 is the first value. */
    public static final class Register {
        private long value;

        /** As the operation. */
        public String load(int thread) {
            return Long.toString(value);
        }

        /** As the operation. */
        public String store(int newValue, int thread) {
            value = newValue;
            return "0";
        }

        /** As the operation. */
        public String write(int newValue, int thread) {
            return store(newValue, thread);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Register that && that.value == value;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(value);
        }
    }
}
