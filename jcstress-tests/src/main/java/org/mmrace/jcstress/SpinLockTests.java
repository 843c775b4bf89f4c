package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** include/linux/spinlock.h: what is guarded by a spin lock is plain memory. */
public final class SpinLockTests {
    private static final Kernel KERNEL = Machines.SHARED;

    private SpinLockTests() {}

    /** Outcomes: a counter after two increments. */
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "One increment, then the other.")
    public static class TwoIncrements {
        private TwoIncrements() {}
    }

    /** The lock excludes. */
    @JCStressTest
    @JCStressMeta(TwoIncrements.class)
    @State
    public static class MutualExclusion {
        private final Task first = Machines.task(0);
        private final Task second = Machines.task(1);
        private final SpinLock lock = new SpinLock(LockClass.PTL, "ptl");
        private int counter;

        /** One increment. */
        @Actor
        public void first() {
            KERNEL.spinLock(first, lock);
            counter++;
            KERNEL.spinUnlock(first, lock);
        }

        /** The other. */
        @Actor
        public void second() {
            KERNEL.spinLock(second, lock);
            counter++;
            KERNEL.spinUnlock(second, lock);
        }

        /** What is left. */
        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = counter;
        }
    }

    /** Weakened: only one side takes the lock. */
    @JCStressTest
    @JCStressMeta(TwoIncrements.class)
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "Both read 0, and one increment is lost.")
    @State
    public static class WeakenedOneSideUnlocked {
        private final Task first = Machines.task(0);
        private final SpinLock lock = new SpinLock(LockClass.PTL, "ptl");
        private int counter;

        /** One increment. */
        @Actor
        public void first() {
            KERNEL.spinLock(first, lock);
            counter++;
            KERNEL.spinUnlock(first, lock);
        }

        /** The other. */
        @Actor
        public void second() {
            counter++;
        }

        /** What is left. */
        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = counter;
        }
    }

    /** Outcomes: two fields that are written together. */
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The reader, then the writer.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The writer, then the reader.")
    public static class TwoFields {
        private TwoFields() {}
    }

    /** What was written under the lock is seen whole by the next holder. */
    @JCStressTest
    @JCStressMeta(TwoFields.class)
    @State
    public static class UnlockPublishes {
        private final Task writer = Machines.task(0);
        private final Task reader = Machines.task(1);
        private final SpinLock lock = new SpinLock(LockClass.PTL, "ptl");
        private int first;
        private int second;

        /** Writes both. */
        @Actor
        public void writer() {
            KERNEL.spinLock(writer, lock);
            first = 1;
            second = 1;
            KERNEL.spinUnlock(writer, lock);
        }

        /** Reads both. */
        @Actor
        public void reader(II_Result r) {
            KERNEL.spinLock(reader, lock);
            r.r1 = first;
            r.r2 = second;
            KERNEL.spinUnlock(reader, lock);
        }
    }

    /** Weakened: the reader takes no lock. */
    @JCStressTest
    @JCStressMeta(TwoFields.class)
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "The writer is between its two stores, or gets through between the two loads of the reader.")
    @State
    public static class WeakenedReaderUnlocked {
        private final Task writer = Machines.task(0);
        private final SpinLock lock = new SpinLock(LockClass.PTL, "ptl");
        private int first;
        private int second;

        /** Writes both. */
        @Actor
        public void writer() {
            KERNEL.spinLock(writer, lock);
            first = 1;
            second = 1;
            KERNEL.spinUnlock(writer, lock);
        }

        /** Reads both. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = first;
            r.r2 = second;
        }
    }
}
