package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.WordArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * include/linux/smp.h: who waits for an interrupt, or for an instruction, waits for the sections that may still use
 * what it has taken away. The walker loads {@code taken} and {@code freed} within one section; the freer sets the one,
 * waits, and sets the other.
 */
public final class IpiTests {
    private IpiTests() {}

    /** Outcomes: what the walker sees of {@code taken}, then of {@code freed}. */
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The walker enters and leaves, then the freer frees.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The freer takes away, then the walker enters and finds nothing.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The freer takes away and frees, then the walker enters.")
    public static class WalkerAndFreer {
        private WalkerAndFreer() {}
    }

    /** Both sides on a machine of their own. */
    static final class Section {
        private static final int TAKEN = 0;
        private static final int FREED = 1;

        final Kernel kernel = Machines.twoCpus();
        final Task walker = Machines.task(0);
        final Task freer = Machines.task(1);
        private final WordArray cells = new WordArray(2);

        void walk(II_Result r) {
            r.r1 = (int) kernel.readOnce(cells, TAKEN);
            r.r2 = (int) kernel.readOnce(cells, FREED);
        }

        void takeAway() {
            kernel.writeOnce(cells, TAKEN, 1);
        }

        void free() {
            kernel.writeOnce(cells, FREED, 1);
        }
    }

    /** {@code smp_call_function_single()} against a section with interrupts off. */
    @JCStressTest
    @JCStressMeta(WalkerAndFreer.class)
    @State
    public static class SendIpiAgainstIrqsOff {
        private final Section section = new Section();

        /** GUP-fast. */
        @Actor
        public void walker(II_Result r) {
            section.kernel.localIrqSave(section.walker);
            section.walk(r);
            section.kernel.localIrqRestore(section.walker);
        }

        /** {@code tlb_remove_table_sync_one()}. */
        @Actor
        public void freer() {
            section.takeAway();
            section.kernel.smpMb();
            section.kernel.sendIpi(section.freer, 0);
            section.free();
        }
    }

    /** {@code smp_call_function_single()} against an instruction of user mode. */
    @JCStressTest
    @JCStressMeta(WalkerAndFreer.class)
    @State
    public static class SendIpiAgainstInstruction {
        private final Section section = new Section();

        /** A load of user mode. */
        @Actor
        public void walker(II_Result r) {
            section.kernel.instructionBegin(section.walker);
            section.walk(r);
            section.kernel.instructionEnd(section.walker);
        }

        /** {@code flush_tlb_mm_range()} of x86. */
        @Actor
        public void freer() {
            section.takeAway();
            section.kernel.smpMb();
            section.kernel.sendIpi(section.freer, 0);
            section.free();
        }
    }

    /** {@code DSB} against an instruction of user mode. */
    @JCStressTest
    @JCStressMeta(WalkerAndFreer.class)
    @State
    public static class WaitForInstruction {
        private final Section section = new Section();

        /** A load of user mode. */
        @Actor
        public void walker(II_Result r) {
            section.kernel.instructionBegin(section.walker);
            section.walk(r);
            section.kernel.instructionEnd(section.walker);
        }

        /** {@code flush_tlb_mm_range()} of arm64. */
        @Actor
        public void freer() {
            section.takeAway();
            section.kernel.smpMb();
            section.kernel.waitForInstruction(section.freer, 0);
            section.free();
        }
    }

    /** Weakened: the freer does not wait. */
    @JCStressTest
    @JCStressMeta(WalkerAndFreer.class)
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The walker enters and loads, the freer takes away and frees, the walker uses freed memory.")
    @State
    public static class WeakenedWithoutWaiting {
        private final Section section = new Section();

        /** GUP-fast. */
        @Actor
        public void walker(II_Result r) {
            section.kernel.localIrqSave(section.walker);
            section.walk(r);
            section.kernel.localIrqRestore(section.walker);
        }

        /** Frees at once. */
        @Actor
        public void freer() {
            section.takeAway();
            section.kernel.smpMb();
            section.free();
        }
    }

    /** Weakened: a broadcast waits for instructions only, so interrupts that are off do not stop it. */
    @JCStressTest
    @JCStressMeta(WalkerAndFreer.class)
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The walker enters and loads, then the freer sees no instruction under way and frees.")
    @State
    public static class WeakenedWaitForInstructionAgainstIrqsOff {
        private final Section section = new Section();

        /** GUP-fast. */
        @Actor
        public void walker(II_Result r) {
            section.kernel.localIrqSave(section.walker);
            section.walk(r);
            section.kernel.localIrqRestore(section.walker);
        }

        /** {@code flush_tlb_mm_range()} of arm64, in the place of a grace period. */
        @Actor
        public void freer() {
            section.takeAway();
            section.kernel.smpMb();
            section.kernel.waitForInstruction(section.freer, 0);
            section.free();
        }
    }

    /** Weakened: no barrier between taking away and looking who is inside. */
    @JCStressTest
    @JCStressMeta(WalkerAndFreer.class)
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "The freer looks before its store is visible, the walker enters and loads, then the freer frees.")
    @State
    public static class WeakenedWithoutBarrier {
        private final Section section = new Section();

        /** GUP-fast. */
        @Actor
        public void walker(II_Result r) {
            section.kernel.localIrqSave(section.walker);
            section.walk(r);
            section.kernel.localIrqRestore(section.walker);
        }

        /** {@code tlb_remove_table_sync_one()} without its barrier. */
        @Actor
        public void freer() {
            section.takeAway();
            section.kernel.sendIpi(section.freer, 0);
            section.free();
        }
    }
}
