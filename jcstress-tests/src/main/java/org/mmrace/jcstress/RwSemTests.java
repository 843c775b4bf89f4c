package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** include/linux/rwsem.h: mmap_lock and its kind. What they guard is plain memory. */
public final class RwSemTests {
    private static final Kernel KERNEL = Machines.SHARED;

    private RwSemTests() {}

    static RwSem mmapLock() {
        return new RwSem(LockClass.MMAP, "mmap_lock");
    }

    /** Readers let each other in, and both leave: a writer gets the lock afterwards. */
    @JCStressTest
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "One reader leaves, then the other enters, then a writer.")
    @Outcome(id = "1, 2, 1", expect = ACCEPTABLE, desc = "The first reader enters, then the second joins it.")
    @Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "The second reader enters, then the first joins it.")
    @State
    public static class ReadAgainstRead {
        private final Task first = Machines.task(0);
        private final Task second = Machines.task(1);
        private final RwSem lock = mmapLock();
        private final Word inside = new Word();

        /** How many are inside. */
        @Actor
        public void first(III_Result r) {
            r.r1 = countInside(first);
        }

        /** How many are inside. */
        @Actor
        public void second(III_Result r) {
            r.r2 = countInside(second);
        }

        private int countInside(Task task) {
            KERNEL.downRead(task, lock);
            int seen = (int) KERNEL.addReturn(inside, 1);
            KERNEL.addReturn(inside, -1);
            KERNEL.upRead(task, lock);
            return seen;
        }

        /** A writer, who would wait for ever for a reader that never left. */
        @Arbiter
        public void arbiter(III_Result r) {
            KERNEL.downWrite(first, lock);
            r.r3 = (int) KERNEL.addReturn(inside, 1);
            KERNEL.upWrite(first, lock);
        }
    }

    /** A reader sees all that a writer did, or nothing. */
    @JCStressTest
    @JCStressMeta(SpinLockTests.TwoFields.class)
    @State
    public static class ReadAgainstWrite {
        private final Task writer = Machines.task(0);
        private final Task reader = Machines.task(1);
        private final RwSem lock = mmapLock();
        private int first;
        private int second;

        /** Writes both. */
        @Actor
        public void writer() {
            KERNEL.downWrite(writer, lock);
            first = 1;
            second = 1;
            KERNEL.upWrite(writer, lock);
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

    /** A reader that does not wait gives up, or is inside alone. */
    @JCStressTest
    @JCStressMeta(SpinLockTests.TwoFields.class)
    @Outcome(
            id = "-1, -1",
            expect = ACCEPTABLE,
            desc = "The writer takes the lock, then the reader tries and gives up.")
    @State
    public static class TrylockAgainstWrite {
        private final Task writer = Machines.task(0);
        private final Task reader = Machines.task(1);
        private final RwSem lock = mmapLock();
        private int first;
        private int second;

        /** Writes both. */
        @Actor
        public void writer() {
            KERNEL.downWrite(writer, lock);
            first = 1;
            second = 1;
            KERNEL.upWrite(writer, lock);
        }

        /** Reads both if it may. */
        @Actor
        public void reader(II_Result r) {
            boolean locked = KERNEL.downReadTrylock(reader, lock);
            r.r1 = locked ? first : -1;
            r.r2 = locked ? second : -1;
            if (locked) {
                KERNEL.upRead(reader, lock);
            }
        }
    }

    /** Writers exclude each other. */
    @JCStressTest
    @JCStressMeta(SpinLockTests.TwoIncrements.class)
    @State
    public static class WriteAgainstWrite {
        private final Task first = Machines.task(0);
        private final Task second = Machines.task(1);
        private final RwSem lock = mmapLock();
        private int counter;

        /** One increment. */
        @Actor
        public void first() {
            KERNEL.downWrite(first, lock);
            counter++;
            KERNEL.upWrite(first, lock);
        }

        /** The other. */
        @Actor
        public void second() {
            KERNEL.downWrite(second, lock);
            counter++;
            KERNEL.upWrite(second, lock);
        }

        /** What is left. */
        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = counter;
        }
    }

    /** Weakened: both hold the lock for reading, and write. */
    @JCStressTest
    @JCStressMeta(SpinLockTests.TwoIncrements.class)
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "Both are inside and read 0: one increment is lost.")
    @State
    public static class WeakenedWriteUnderReadLock {
        private final Task first = Machines.task(0);
        private final Task second = Machines.task(1);
        private final RwSem lock = mmapLock();
        private int counter;

        /** One increment. */
        @Actor
        public void first() {
            KERNEL.downRead(first, lock);
            counter++;
            KERNEL.upRead(first, lock);
        }

        /** The other. */
        @Actor
        public void second() {
            KERNEL.downRead(second, lock);
            counter++;
            KERNEL.upRead(second, lock);
        }

        /** What is left. */
        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = counter;
        }
    }
}
