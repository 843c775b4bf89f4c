package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.Task;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** include/linux/rwsem.h {@code downgrade_write()}: from writer to reader with no other writer between. */
public final class RwSemDowngradeTests {
    private static final Kernel KERNEL = Machines.SHARED;

    private RwSemDowngradeTests() {}

    /** After a downgrade a reader comes in at once, and sees what the writer wrote before it. */
    @JCStressTest
    @JCStressMeta(SpinLockTests.TwoFields.class)
    @State
    public static class DowngradeAgainstRead {
        private final Task writer = Machines.task(0);
        private final Task reader = Machines.task(1);
        private final RwSem lock = RwSemTests.mmapLock();
        private int first;
        private int second;

        /** Writes both, then goes on as a reader. */
        @Actor
        public void writer() {
            KERNEL.downWrite(writer, lock);
            first = 1;
            second = 1;
            KERNEL.downgradeWrite(writer, lock);
            KERNEL.upRead(writer, lock);
        }

        /** Reads both. */
        @Actor
        public void reader(II_Result r) {
            KERNEL.downRead(reader, lock);
            r.r1 = first;
            r.r2 = second;
            KERNEL.upRead(reader, lock);
        }
    }

    /** Outcomes: what the downgraded writer still sees of its own 1, and what is left. */
    @Outcome(
            id = "1, 2",
            expect = ACCEPTABLE,
            desc = "One writes 1, downgrades, reads it and leaves, the other writes 2.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The other writes 2, then one writes 1, downgrades and reads it.")
    public static class DowngradeAndWrite {
        private DowngradeAndWrite() {}
    }

    /** No other writer gets between the writing and the reading of a downgraded writer. */
    @JCStressTest
    @JCStressMeta(DowngradeAndWrite.class)
    @State
    public static class DowngradeAgainstWrite {
        private final Task one = Machines.task(0);
        private final Task other = Machines.task(1);
        private final RwSem lock = RwSemTests.mmapLock();
        private int value;

        /** Writes 1, and reads it after the downgrade. */
        @Actor
        public void one(II_Result r) {
            KERNEL.downWrite(one, lock);
            value = 1;
            KERNEL.downgradeWrite(one, lock);
            r.r1 = value;
            KERNEL.upRead(one, lock);
        }

        /** Writes 2. */
        @Actor
        public void other() {
            KERNEL.downWrite(other, lock);
            value = 2;
            KERNEL.upWrite(other, lock);
        }

        /** What is left. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = value;
        }
    }

    /** Weakened: the lock is dropped, then taken for reading, in the place of a downgrade. */
    @JCStressTest
    @JCStressMeta(DowngradeAndWrite.class)
    @Outcome(
            id = "2, 2",
            expect = ACCEPTABLE_INTERESTING,
            desc = "One writes 1 and drops the lock, the other writes 2, one reads 2.")
    @State
    public static class WeakenedUnlockThenRead {
        private final Task one = Machines.task(0);
        private final Task other = Machines.task(1);
        private final RwSem lock = RwSemTests.mmapLock();
        private int value;

        /** Writes 1, and reads after it has the lock again. */
        @Actor
        public void one(II_Result r) {
            KERNEL.downWrite(one, lock);
            value = 1;
            KERNEL.upWrite(one, lock);
            KERNEL.downRead(one, lock);
            r.r1 = value;
            KERNEL.upRead(one, lock);
        }

        /** Writes 2. */
        @Actor
        public void other() {
            KERNEL.downWrite(other, lock);
            value = 2;
            KERNEL.upWrite(other, lock);
        }

        /** What is left. */
        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = value;
        }
    }
}
