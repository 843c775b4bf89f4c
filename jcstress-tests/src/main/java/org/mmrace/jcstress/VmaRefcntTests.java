package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.VmaLockStyle;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.Mm;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.MmParts;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;
import org.mmrace.mm.VmaLocks;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * mm/mmap_lock.c {@code vma_start_read()}, {@code __vma_start_write()} and {@code vma_mark_detached()} of 6.15 and
 * later: what {@link VmaLockTests} has for rw semaphores, with reference counts.
 */
public final class VmaRefcntTests {
    private static final KernelConfig CONFIG = MmParts.CONFIG.with(draft -> draft.vmaLock(VmaLockStyle.REFCNT));

    private VmaRefcntTests() {}

    private static MmParts parts() {
        return new MmParts(CONFIG, MmMonitor.NONE);
    }

    /** The write lock ends with the unlock of mmap_lock. */
    @JCStressTest
    @JCStressMeta(VmaLockTests.ReaderAndWriter.class)
    @State
    public static class ReadAgainstMmapWrite {
        private final VmaLockTests.Fields fields = new VmaLockTests.Fields(parts());

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
    @JCStressMeta(VmaLockTests.ReaderAndWriter.class)
    @State
    public static class ReadAgainstDowngrade {
        private final VmaLockTests.Fields fields = new VmaLockTests.Fields(parts());

        /** {@code do_vmi_align_munmap()}, of a neighbour. */
        @Actor
        public void writer() {
            fields.writeLocked();
            fields.parts.mmapWriteDowngrade(0);
            fields.parts.kernel().upRead(fields.parts.task(0), fields.parts.mm().mmapLock());
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
        private final VmaLockTests.Fields fields = new VmaLockTests.Fields(parts());
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
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The reader counts itself, munmap waits until it is done.")
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "munmap locks or detaches the VMA, then the reader gets none.")
    @State
    public static class ReadAgainstDetach {
        private final MmParts parts = parts();
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

    /** The VMA is freed and its object becomes a VMA of another mm: a reader gets one of its own mm, or none. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "The reader counts itself first: its own VMA.")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "It finds nothing, or what is locked, detached or another mm's.")
    @State
    public static class ReadAgainstReuse {
        private final MmParts parts = parts();
        private final VmaLocks locks = parts.model().platform().vmaLocks();
        private final Mm second = Objects.requireNonNull(parts.model().mmap().newMm(parts.task(0)));

        /** {@code munmap(2)}, and {@code mmap(2)} in another process. */
        @Actor
        public void munmapAndMmap() {
            long length = 2 * Address.PAGE_SIZE;
            parts.model().munmap().munmap(parts.task(0), parts.mm(), 0, length);
            parts.model().mmap().mmapAt(parts.task(0), second, 0, length, Mmap.Request.anonymous(VmFlags.READ));
        }

        /** A page fault: 1 for a VMA of its mm, 0 for another one's, -1 for none. */
        @Actor
        public void reader(I_Result r) {
            Task task = parts.task(1);
            Vma vma = locks.lockVmaUnderRcu(task, parts.mm(), MmParts.ADDR);
            r.r1 = vma == null ? -1 : vma.mm() == parts.mm() ? 1 : 0;
            if (vma != null) {
                locks.endRead(task, vma);
            }
        }
    }

    /** Weakened: the reader adds to the count whatever it is. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The reader is done before the VMA is detached.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "The reader holds a detached VMA.")
    @State
    public static class WeakenedWithoutUnlessZero {
        private final MmParts parts = parts();
        private final VmaLocks locks = parts.model().platform().vmaLocks();

        /** {@code do_vmi_align_munmap()}. */
        @Actor
        public void munmap() {
            locks.mmapWriteLock(parts.task(0), parts.mm());
            parts.startWrite(0);
            parts.detachVma(0);
            locks.mmapWriteUnlock(parts.task(0), parts.mm());
        }

        /** {@code vma_start_read()} and {@code vma_refcount_put()} of a reader that has found the VMA. */
        @Actor
        public void reader(II_Result r) {
            parts.kernel().addReturn(parts.vmRefcnt(), 1);
            r.r1 = 1;
            r.r2 = parts.vma().isDetached(parts.kernel()) ? 1 : 0;
            parts.kernel().addReturn(parts.vmRefcnt(), -1);
        }
    }
}
