package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** include/linux/rcupdate.h: a callback runs when no reader can hold what was taken away before it was queued. */
public final class RcuTests {
    private RcuTests() {}

    /** {@code call_rcu()} against a read-side section. */
    @JCStressTest
    @JCStressMeta(IpiTests.WalkerAndFreer.class)
    @State
    public static class CallRcuAgainstReader {
        private final IpiTests.Section section = new IpiTests.Section();

        /** {@code lock_vma_under_rcu()}. */
        @Actor
        public void walker(II_Result r) {
            section.kernel.rcuReadLock(section.walker);
            section.walk(r);
            section.kernel.rcuReadUnlock(section.walker);
        }

        /** {@code vm_area_free()}. */
        @Actor
        public void freer() {
            section.takeAway();
            section.kernel.callRcu(section.freer, section::free);
            section.kernel.rcuBarrier(section.freer);
        }
    }

    /** {@code call_rcu()} against a section with interrupts off, which is a read-side section too. */
    @JCStressTest
    @JCStressMeta(IpiTests.WalkerAndFreer.class)
    @State
    public static class CallRcuAgainstIrqsOff {
        private final IpiTests.Section section = new IpiTests.Section();

        /** GUP-fast. */
        @Actor
        public void walker(II_Result r) {
            section.kernel.localIrqSave(section.walker);
            section.walk(r);
            section.kernel.localIrqRestore(section.walker);
        }

        /** {@code tlb_remove_table()}. */
        @Actor
        public void freer() {
            section.takeAway();
            section.kernel.callRcu(section.freer, section::free);
            section.kernel.rcuBarrier(section.freer);
        }
    }

    /** Weakened: freed without a grace period. */
    @JCStressTest
    @JCStressMeta(IpiTests.WalkerAndFreer.class)
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The reader enters and loads, the freer takes away and frees, the reader uses freed memory.")
    @State
    public static class WeakenedWithoutGracePeriod {
        private final IpiTests.Section section = new IpiTests.Section();

        /** {@code lock_vma_under_rcu()}. */
        @Actor
        public void walker(II_Result r) {
            section.kernel.rcuReadLock(section.walker);
            section.walk(r);
            section.kernel.rcuReadUnlock(section.walker);
        }

        /** Frees at once. */
        @Actor
        public void freer() {
            section.takeAway();
            section.kernel.smpMb();
            section.free();
        }
    }
}
