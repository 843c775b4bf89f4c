package org.mmrace.lincheck;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.kernel.Task;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.DaxEntryAccess;

/** One DAX entry and its lock bit (fs/dax.c): whoever holds the lock reads and replaces the entry alone. */
@Param(name = "pfn", gen = IntGen.class, conf = "1:3")
@Param(name = "thread", gen = ThreadIdGen.class)
public final class DaxEntryOperations {
    private final MachineUnderTest machine = new MachineUnderTest(KernelConfig.of(Series.AFTER));
    private final AddressSpace file = machine.newFile(AddressSpace.Kind.FSDAX, 1);
    private final DaxEntryAccess entries = new DaxEntryAccess(machine.kernel());

    /** Called by Lincheck. */
    public DaxEntryOperations() {
        Invocations.began();
    }

    /** Locks, reads, replaces, unlocks: the frame that the entry named before. */
    @Operation
    public long exchange(@Param(name = "pfn") int pfn, @Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        long old = entries.grab(task, file, 0);
        entries.storePfn(task, file, 0, pfn);
        entries.unlock(task, file, 0);
        return DaxEntryAccess.pfn(old);
    }

    /** Locks, reads, unlocks. */
    @Operation
    public long lockAndRead(@Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        long old = entries.grab(task, file, 0);
        entries.unlock(task, file, 0);
        return DaxEntryAccess.pfn(old);
    }

    /** Removes the entry: the frame that it named. */
    @Operation
    public long delete(@Param(name = "thread") int thread) {
        return DaxEntryAccess.pfn(entries.delete(machine.task(thread), file, 0));
    }

    /** Reads without the lock. */
    @Operation
    public long read() {
        return DaxEntryAccess.pfn(file.entry(0));
    }

    /** No lock bit is left. */
    @Validate
    public void audit() {
        machine.audit();
    }

    /** A register that can be exchanged. */
    public static final class Register {
        private long pfn;

        /** Gives the old value. */
        public long exchange(int value, int thread) {
            long old = pfn;
            pfn = value;
            return old;
        }

        /** Gives the value. */
        public long lockAndRead(int thread) {
            return pfn;
        }

        /** Gives the old value. */
        public long delete(int thread) {
            return exchange(0, thread);
        }

        /** Gives the value. */
        public long read() {
            return pfn;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Register that && that.pfn == pfn;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(pfn);
        }
    }
}
