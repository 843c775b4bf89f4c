package org.mmrace.jcstress;

import static org.mmrace.jcstress.OperationMachine.AFTER;
import static org.mmrace.mm.GupFlags.FAST_ONLY;
import static org.mmrace.mm.GupFlags.PIN;
import static org.mmrace.mm.GupFlags.WRITE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.kernel.Noise;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLLL_Result;

/** Pins (mm/gup.c) against {@code fork()} (mm/memory.c), which must leave a pinned page to the parent. */
public final class ForkPinOperationTests {
    /** Sleeps now and then, most of all between fork's look at the page and its write-protection. */
    private static final Noise NOISE = new Noise(64, 1);

    private static final int PAGES = 8;

    private ForkPinOperationTests() {}

    /**
     * S05: fast write pins of eight pages, the last one first, against fork and the parent's next writes. r1: pages
     * that were pinned; r3: the parent's pages are still the pinned ones; r4: what the child reads.
     */
    @JCStressTest
    @Outcome(
            id = "all, DONE, same pages, 7, ok",
            expect = ACCEPTABLE,
            desc = "Pins, then fork, which copies the pages for the child.")
    @Outcome(
            id = "some, DONE, same pages, 7, ok",
            expect = ACCEPTABLE,
            desc = "Some pins, then fork, during and after which pins fail.")
    @Outcome(
            id = "none, DONE, same pages, 7, ok",
            expect = ACCEPTABLE,
            desc = "Fork write-protects, and every pin fails.")
    @State
    public static class FastPinAndFork {
        private final OperationMachine m;
        private final OperationMapping anon;
        private final List<@Nullable Page> got = new ArrayList<>();
        private @Nullable Mm child;

        /** Without faults: each page holds 7. */
        public FastPinAndFork() {
            this(AFTER);
        }

        FastPinAndFork(KernelConfig config) {
            m = new OperationMachine(config, NOISE);
            anon = m.anonymous(PAGES);
            for (int i = 0; i < PAGES; i++) {
                anon.store(m.arbiter, i, 7);
            }
        }

        /** Pins. */
        @Actor
        public void pin(LLLLL_Result r) {
            m.meet(1024);
            for (int i = PAGES - 1; i >= 0; i--) {
                got.add(anon.gupFast(m.first, i, PIN | WRITE | FAST_ONLY));
            }
            long pinned = got.stream().filter(Objects::nonNull).count();
            r.r1 = pinned == 0 ? "none" : pinned == PAGES ? "all" : "some";
        }

        /** Forks, then writes. */
        @Actor
        public void fork(LLLLL_Result r) {
            m.meet(16);
            child = m.fork(m.second, m.process);
            for (int i = 0; i < PAGES; i++) {
                r.r2 = anon.store(m.second, i, 8);
            }
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLLL_Result r) {
            r.r3 = "same pages";
            r.r4 = "7";
            OperationMapping copy = anon.in(m.adopt(child));
            for (int i = 0; i < PAGES; i++) {
                Page pinned = got.get(PAGES - 1 - i);
                if (pinned != null && pinned != anon.mapped(i)) {
                    r.r3 = "lost page";
                }
                String value = copy.load(m.arbiter, i);
                if (!value.equals("7")) {
                    r.r4 = value;
                }
            }
            r.r5 = m.verdict();
        }
    }

    /** The same where fast pins do not look at write_protect_seq. */
    @JCStressTest
    @JCStressMeta(FastPinAndFork.class)
    @Outcome(
            id = {"all, DONE, lost page, 7, .*", "some, DONE, lost page, 7, .*"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "Fork finds no pin, pin, write-protection: the write copies the page away from the pin.")
    @State
    public static class FastPinAndForkWithB25 {
        private final FastPinAndFork race = new FastPinAndFork(OperationMachine.with(Fault.B25));

        /** As in {@link FastPinAndFork#pin}. */
        @Actor
        public void pin(LLLLL_Result r) {
            race.pin(r);
        }

        /** As in {@link FastPinAndFork#fork}. */
        @Actor
        public void fork(LLLLL_Result r) {
            race.fork(r);
        }

        /** As in {@link FastPinAndFork#arbiter}. */
        @Arbiter
        public void arbiter(LLLLL_Result r) {
            race.arbiter(r);
        }
    }

    /**
     * S05 with the slow path behind the fast one: the pin succeeds. r3: the parent's page is still the pinned one; r4:
     * what the child reads.
     */
    @JCStressTest
    @Outcome(
            id = "1, DONE, same page, 7, ok",
            expect = ACCEPTABLE,
            desc = "In any order: the child has the copy, or the pin breaks COW first.")
    @State
    public static class PinAndFork {
        private final OperationMachine m = new OperationMachine(AFTER);
        private final OperationMapping anon = m.anonymous(1);
        private @Nullable Page got;
        private @Nullable Mm child;

        /** The page holds 7. */
        public PinAndFork() {
            anon.store(m.arbiter, 0, 7);
        }

        /** Pins. */
        @Actor
        public void pin(LLLLL_Result r) {
            m.meet(256);
            got = anon.gupFast(m.first, 0, PIN | WRITE);
            r.r1 = got == null ? 0 : 1;
        }

        /** Forks, then writes. */
        @Actor
        public void fork(LLLLL_Result r) {
            m.meet(1);
            child = m.fork(m.second, m.process);
            r.r2 = anon.store(m.second, 0, 8);
        }

        /** Recounts. */
        @Arbiter
        public void arbiter(LLLLL_Result r) {
            r.r3 = got == anon.mapped(0) ? "same page" : "lost page";
            r.r4 = anon.in(m.adopt(child)).load(m.arbiter, 0);
            r.r5 = m.verdict();
        }
    }
}
