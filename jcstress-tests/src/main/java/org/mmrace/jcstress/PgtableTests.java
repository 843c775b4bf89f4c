package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.WordArray;
import org.mmrace.mm.MmParts;
import org.mmrace.mm.Pte;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * arch/x86/include/asm/pgtable.h: the kernel changes an entry while the hardware walker sets its young and dirty bits.
 */
public final class PgtableTests {
    private PgtableTests() {}

    /** A writable clean entry of a VMA that is out of the tree, so that a store that finds no entry dies. */
    private static MmParts cleanEntry() {
        MmParts parts = new MmParts();
        parts.populate();
        parts.detachVma(0);
        return parts;
    }

    private static int bit(boolean set) {
        return set ? 1 : 0;
    }

    /** Outcomes: whether the store was done, whether zap got a dirty entry, whether an entry is left. */
    @Outcome(
            id = "1, 1, 0",
            expect = ACCEPTABLE,
            desc = "The walker sets dirty, then zap takes the entry, dirty with it.")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "Zap takes the clean entry, then the store faults.")
    public static class StoreAndClear {
        private StoreAndClear() {}
    }

    /** {@code ptep_get_and_clear()} against a store of user mode. */
    @JCStressTest
    @JCStressMeta(StoreAndClear.class)
    @State
    public static class GetAndClearAgainstHardwareDirty {
        private final MmParts parts = cleanEntry();

        /** User mode. */
        @Actor
        public void store(III_Result r) {
            r.r1 = bit(parts.store(0, 2));
        }

        /** Zap. */
        @Actor
        public void zap(III_Result r) {
            r.r2 = bit(Pte.isDirty(parts.ptepGetAndClear(1)));
        }

        /** What is left. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = bit(!Pte.isNone(parts.pte()));
        }
    }

    /** Weakened: zap reads the entry, then stores none. */
    @JCStressTest
    @JCStressMeta(StoreAndClear.class)
    @Outcome(
            id = "1, 0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Zap reads a clean entry, the walker sets dirty and the store is done, zap stores none.")
    @State
    public static class WeakenedReadThenClear {
        private final MmParts parts = cleanEntry();

        /** User mode. */
        @Actor
        public void store(III_Result r) {
            r.r1 = bit(parts.store(0, 2));
        }

        /** Zap. */
        @Actor
        public void zap(III_Result r) {
            long old = parts.pte();
            parts.setPte(1, Pte.NONE);
            r.r2 = bit(Pte.isDirty(old));
        }

        /** What is left. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = bit(!Pte.isNone(parts.pte()));
        }
    }

    /** Outcomes: whether the store was done, whether the entry is dirty, whether it is writable. */
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "The walker sets dirty, then write-protection keeps the bit.")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "Write-protection, then the store faults.")
    public static class StoreAndProtect {
        private StoreAndProtect() {}
    }

    /** {@code ptep_set_wrprotect()} against a store of user mode. */
    @JCStressTest
    @JCStressMeta(StoreAndProtect.class)
    @State
    public static class SetWrprotectAgainstHardwareDirty {
        private final MmParts parts = cleanEntry();

        /** User mode. */
        @Actor
        public void store(III_Result r) {
            r.r1 = bit(parts.store(0, 2));
        }

        /** Fork. */
        @Actor
        public void protect() {
            parts.ptepSetWrprotect(1);
        }

        /** What is left. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r2 = bit(Pte.isDirty(parts.pte()));
            r.r3 = bit(Pte.isWritable(parts.pte()));
        }
    }

    /** Weakened: the entry is read, then stored without the right to write. */
    @JCStressTest
    @JCStressMeta(StoreAndProtect.class)
    @Outcome(
            id = "1, 0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Fork reads a clean entry, the walker sets dirty and the store is done, fork stores it clean.")
    @State
    public static class WeakenedReadThenProtect {
        private final MmParts parts = cleanEntry();

        /** User mode. */
        @Actor
        public void store(III_Result r) {
            r.r1 = bit(parts.store(0, 2));
        }

        /** Fork. */
        @Actor
        public void protect() {
            parts.setPte(1, MmParts.wrprotect(parts.pte()));
        }

        /** What is left. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r2 = bit(Pte.isDirty(parts.pte()));
            r.r3 = bit(Pte.isWritable(parts.pte()));
        }
    }

    /** Two walkers, one for a load and one for a store: neither bit is lost. */
    @JCStressTest
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "One walker, then the other: the entry is young and dirty.")
    @State
    public static class TwoHardwareWalkers {
        private final MmParts parts = cleanEntry();

        /** A load. */
        @Actor
        public void load(III_Result r) {
            r.r1 = bit(parts.load(0) > 0);
        }

        /** A store. */
        @Actor
        public void store(III_Result r) {
            r.r2 = bit(parts.store(1, 2));
        }

        /** What is left. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = bit(Pte.isYoung(parts.pte()) && Pte.isDirty(parts.pte()));
        }
    }

    /** {@code cmpxchg()} of one entry by two CPUs that expect the same value. */
    @JCStressTest
    @Outcome(
            id = "1, 0, 1",
            expect = ACCEPTABLE,
            desc = "The first stores, then the second sees that the entry changed.")
    @Outcome(
            id = "0, 1, 2",
            expect = ACCEPTABLE,
            desc = "The second stores, then the first sees that the entry changed.")
    @State
    public static class CmpxchgAgainstCmpxchg {
        private static final Kernel KERNEL = Machines.SHARED;

        private final WordArray entries = new WordArray(1);

        /** Stores 1. */
        @Actor
        public void first(III_Result r) {
            r.r1 = bit(KERNEL.cmpxchg(entries, 0, 0, 1));
        }

        /** Stores 2. */
        @Actor
        public void second(III_Result r) {
            r.r2 = bit(KERNEL.cmpxchg(entries, 0, 0, 2));
        }

        /** What is left. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = (int) KERNEL.readOnce(entries, 0);
        }
    }
}
