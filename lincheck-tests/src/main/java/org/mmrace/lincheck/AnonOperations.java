package org.mmrace.lincheck;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.LocalLong;
import org.mmrace.mm.Address;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;

/** One page of private anonymous memory as threads see it through their TLBs: a register that can be zeroed. */
@Param(name = "value", gen = IntGen.class, conf = "1:9")
@Param(name = "thread", gen = ThreadIdGen.class)
public class AnonOperations {
    private final MachineUnderTest machine;
    private final Mm process;
    private final long addr;

    /** Called by Lincheck. */
    public AnonOperations() {
        this(KernelConfig.of(Series.AFTER));
    }

    AnonOperations(KernelConfig config) {
        Invocations.began();
        machine = new MachineUnderTest(config);
        process = machine.newProcess(machine.task(0));
        Mmap.Request request = Mmap.Request.anonymous(VmFlags.READ | VmFlags.WRITE);
        addr = machine.mm().mmap().mmap(machine.task(0), process, Address.PAGE_SIZE, request);
    }

    /** A load. */
    @Operation
    public final String load(@Param(name = "thread") int thread) {
        LocalLong value = new LocalLong(0);
        Outcome outcome = machine.mm().userAccess().load(machine.task(thread), process, addr, value);
        return outcome == Outcome.DONE ? Long.toString(value.get()) : outcome.name();
    }

    /** A store. */
    @Operation
    public final String store(@Param(name = "value") int value, @Param(name = "thread") int thread) {
        Outcome outcome = machine.mm().userAccess().store(machine.task(thread), process, addr, value);
        return outcome == Outcome.DONE ? "0" : outcome.name();
    }

    /** {@code madvise(MADV_DONTNEED)}. */
    @Operation
    public final String zap(@Param(name = "thread") int thread) {
        return Errno.name(machine.mm().madvise().dontneed(machine.task(thread), process, addr, Address.PAGE_SIZE));
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
        public String zap(int thread) {
            value = 0;
            return "0";
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
