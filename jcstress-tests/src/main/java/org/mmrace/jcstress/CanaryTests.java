package org.mmrace.jcstress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A race that every run must show: where it is not seen, the harness cannot see races. */
public final class CanaryTests {
    private CanaryTests() {}

    /** Two increments of a plain counter. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "One increment, then the other.")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "Both read 0, and one increment is lost.")
    @State
    public static class LostIncrement {
        private int counter;

        /** One increment. */
        @Actor
        public void first() {
            counter++;
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
}
