package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.SeqCount;
import org.mmrace.kernel.WordArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * include/linux/seqlock.h: a sequence counter as GUP-fast reads {@code mm->write_protect_seq}: once, without waiting
 * for an even value, and never again if it has moved.
 */
public final class SeqlockTests {
    private static final Kernel KERNEL = Machines.SHARED;

    private SeqlockTests() {}

    /** Outcomes: two cells that the writer changes in one section; -1 where the reader has given up. */
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The reader, then the writer.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The writer, then the reader.")
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "The reader meets the writer inside its section, and gives up.")
    public static class ReaderAndWriter {
        private ReaderAndWriter() {}
    }

    /** A writer's section around two stores. */
    static final class Guarded {
        private final SeqCount seq = new SeqCount();
        private final WordArray cells = new WordArray(2);

        void write() {
            KERNEL.rawWriteSeqcountBegin(seq);
            KERNEL.writeOnce(cells, 0, 1);
            KERNEL.writeOnce(cells, 1, 1);
            KERNEL.rawWriteSeqcountEnd(seq);
        }

        void read(II_Result r) {
            r.r1 = (int) KERNEL.readOnce(cells, 0);
            r.r2 = (int) KERNEL.readOnce(cells, 1);
        }

        void giveUp(II_Result r) {
            r.r1 = -1;
            r.r2 = -1;
        }
    }

    /** The reader looks before and after. */
    @JCStressTest
    @JCStressMeta(ReaderAndWriter.class)
    @State
    public static class ReaderAgainstWriter {
        private final Guarded guarded = new Guarded();

        /** Fork. */
        @Actor
        public void writer() {
            guarded.write();
        }

        /** GUP-fast. */
        @Actor
        public void reader(II_Result r) {
            long start = KERNEL.rawReadSeqcount(guarded.seq);
            if ((start & 1) != 0) {
                guarded.giveUp(r);
                return;
            }
            guarded.read(r);
            if (KERNEL.readSeqcountRetry(guarded.seq, start)) {
                guarded.giveUp(r);
            }
        }
    }

    /** Weakened: the reader does not look again. */
    @JCStressTest
    @JCStressMeta(ReaderAndWriter.class)
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "The reader sees an even sequence, then the writer runs between or beside its loads.")
    @State
    public static class WeakenedWithoutRetry {
        private final Guarded guarded = new Guarded();

        /** Fork. */
        @Actor
        public void writer() {
            guarded.write();
        }

        /** GUP-fast. */
        @Actor
        public void reader(II_Result r) {
            if ((KERNEL.rawReadSeqcount(guarded.seq) & 1) != 0) {
                guarded.giveUp(r);
                return;
            }
            guarded.read(r);
        }
    }

    /** Weakened: the reader takes an odd sequence for a start. */
    @JCStressTest
    @JCStressMeta(ReaderAndWriter.class)
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "The writer begins, then the reader reads half of it and is gone before the writer ends.")
    @State
    public static class WeakenedWithoutOddCheck {
        private final Guarded guarded = new Guarded();

        /** Fork. */
        @Actor
        public void writer() {
            guarded.write();
        }

        /** GUP-fast. */
        @Actor
        public void reader(II_Result r) {
            long start = KERNEL.rawReadSeqcount(guarded.seq);
            guarded.read(r);
            if (KERNEL.readSeqcountRetry(guarded.seq, start)) {
                guarded.giveUp(r);
            }
        }
    }
}
