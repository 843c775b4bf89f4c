package org.mmrace.lincheck;

import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;

/** A counter that loses increments: what a checker that works must find. */
public final class RacyCounter {
    private int count;

    /** Called by Lincheck. */
    public RacyCounter() {
        Invocations.began();
    }

    /** One more; gives the new count. */
    @Operation
    public int increment() {
        return ++count;
    }

    /** What it should do, for either verifier. */
    public static final class Counter implements PointsSpecification {
        private int count;

        /** As the operation. */
        public int increment() {
            return ++count;
        }

        @Override
        public Counter copy() {
            Counter copy = new Counter();
            copy.count = count;
            return copy;
        }

        @Override
        public int alternatives(String operation) {
            return 1;
        }

        @Override
        public Object point(String operation, List<?> arguments, Pending pending, int alternative) {
            return increment();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Counter that && that.count == count;
        }

        @Override
        public int hashCode() {
            return count;
        }
    }
}
