package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.MmParts;
import org.mmrace.mm.Vma;
import org.mmrace.mm.VmaLocks;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * mm/memory.c {@code lock_vma_under_rcu()} and include/linux/mm.h {@code vma_start_write()}: a fault that holds the VMA
 * lock sees the VMA before or after a change, never halfway (scenario S14).
 */
public final class VmaLockTests {
    private static final int NEW = 7;

    private VmaLockTests() {}

    /** Outcomes: what the reader sees of two fields, 0 before and 1 after; -1 where it must take mmap_lock. */
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The reader locks, reads and unlocks, then the writer.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The writer changes both and unlocks, then the reader locks.")
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "The writer locks, then the reader fails and falls back.")
    public static class ReaderAndWriter {
        private ReaderAndWriter() {}
    }

    /** A writer on CPU 0 that changes two fields, and a reader on CPU 1. */
    static final class Fields {
        final MmParts parts;
        final VmaLocks locks;
        private final Kernel kernel;

        Fields(MmParts parts) {
            this.parts = parts;
            kernel = parts.kernel();
            locks = parts.model().platform().vmaLocks();
        }

        void writeLocked() {
            locks.mmapWriteLock(parts.task(0), parts.mm());
            parts.startWrite(0);
            parts.setVmaFields(NEW);
        }

        void writeUnlock() {
            locks.mmapWriteUnlock(parts.task(0), parts.mm());
        }

        void read(II_Result r) {
            Task task = parts.task(1);
            Vma vma = locks.lockVmaUnderRcu(task, parts.mm(), MmParts.ADDR);
            readFields(vma, r);
            if (vma != null) {
                locks.endRead(task, vma);
            }
        }

        void readFields(@Nullable Vma vma, II_Result r) {
            r.r1 = vma == null ? -1 : vma.flags(kernel) == NEW ? 1 : 0;
            r.r2 = vma == null ? -1 : vma.pageProt(kernel) == NEW ? 1 : 0;
        }
    }

    /** The write lock ends with the unlock of mmap_lock. */
    @JCStressTest
    @JCStressMeta(ReaderAndWriter.class)
    @State
    public static class ReadAgainstMmapWrite {
        private final Fields fields = new Fields(new MmParts());

        /** {@code mprotect_fixup()}. */
        @Actor
        public void writer() {
            fields.writeLocked();
            fields.writeUnlock();
        }

        /** A page fault. */
        @Actor
        public void reader(II_Result r) {
            fields.read(r);
        }
    }

    /** The write lock ends with the downgrade of mmap_lock, which is still held for reading then. */
    @JCStressTest
    @JCStressMeta(ReaderAndWriter.class)
    @State
    public static class ReadAgainstDowngrade {
        private final Fields fields = new Fields(new MmParts());

        /** {@code do_vmi_align_munmap()}, of a neighbour. */
        @Actor
        public void writer() {
            fields.writeLocked();
            fields.parts.mmapWriteDowngrade(0);
            fields.kernel.upRead(fields.parts.task(0), fields.parts.mm().mmapLock());
        }

        /** A page fault. */
        @Actor
        public void reader(II_Result r) {
            fields.read(r);
        }
    }

    /** The writer waits for a reader that is inside already. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The reader reads twice and unlocks, then the writer changes.")
    @State
    public static class WriterWaitsForReader {
        private final Fields fields = new Fields(new MmParts());
        private final @Nullable Vma locked =
                fields.locks.lockVmaUnderRcu(fields.parts.task(1), fields.parts.mm(), MmParts.ADDR);

        /** {@code mprotect_fixup()}. */
        @Actor
        public void writer() {
            fields.writeLocked();
            fields.writeUnlock();
        }

        /** The second half of a page fault. */
        @Actor
        public void reader(II_Result r) {
            fields.readFields(locked, r);
            if (locked != null) {
                fields.locks.endRead(fields.parts.task(1), locked);
            }
        }
    }

    /** munmap: a reader never holds a VMA that is detached. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The reader locks the VMA, munmap waits until it is done.")
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "munmap locks or detaches the VMA, then the reader gets none.")
    @State
    public static class ReadAgainstDetach {
        private final MmParts parts = new MmParts();
        private final VmaLocks locks = parts.model().platform().vmaLocks();

        /** {@code do_vmi_align_munmap()}. */
        @Actor
        public void munmap() {
            locks.mmapWriteLock(parts.task(0), parts.mm());
            parts.startWrite(0);
            parts.detachVma(0);
            parts.mmapWriteDowngrade(0);
            parts.kernel().upRead(parts.task(0), parts.mm().mmapLock());
        }

        /** A page fault: whether it has a VMA, and whether that one is detached at the end. */
        @Actor
        public void reader(II_Result r) {
            Vma vma = locks.lockVmaUnderRcu(parts.task(1), parts.mm(), MmParts.ADDR);
            r.r1 = vma == null ? -1 : 1;
            r.r2 = vma == null ? -1 : vma.isDetached(parts.kernel()) ? 1 : 0;
            if (vma != null) {
                locks.endRead(parts.task(1), vma);
            }
        }
    }

    /** Weakened: the reader compares the sequences before it has the semaphore, and not again. */
    @JCStressTest
    @JCStressMeta(ReaderAndWriter.class)
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "The reader compares, the writer locks and starts to change, then the reader gets the semaphore.")
    @State
    public static class WeakenedWithoutSecondLook {
        private final Fields fields = new Fields(new MmParts());

        /** {@code mprotect_fixup()}. */
        @Actor
        public void writer() {
            fields.writeLocked();
            fields.writeUnlock();
        }

        /** {@code vma_start_read()} without its end. */
        @Actor
        public void reader(II_Result r) {
            MmParts parts = fields.parts;
            Kernel kernel = parts.kernel();
            boolean locked = kernel.readOnce(parts.vmLockSeq()) != kernel.readOnce(parts.mmLockSeq())
                    && kernel.downReadTrylock(parts.task(1), parts.vmLock());
            fields.readFields(locked ? parts.vma() : null, r);
            if (locked) {
                kernel.upRead(parts.task(1), parts.vmLock());
            }
        }
    }

    /** Fault B56: the end of the write lock is seen before the changes that it ends. */
    @JCStressTest
    @JCStressMeta(ReaderAndWriter.class)
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "The writer's unlock is seen first, the reader locks and reads between the changes.")
    @State
    public static class WeakenedByFaultB56 {
        private final Fields fields = new Fields(new MmParts(MmParts.CONFIG.with(Fault.B56), MmMonitor.NONE));

        /** {@code mprotect_fixup()}. */
        @Actor
        public void writer() {
            fields.writeLocked();
            fields.writeUnlock();
        }

        /** A page fault. */
        @Actor
        public void reader(II_Result r) {
            fields.read(r);
        }
    }
}
