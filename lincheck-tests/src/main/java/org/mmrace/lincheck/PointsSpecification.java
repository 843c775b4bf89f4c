package org.mmrace.lincheck;

import java.util.List;

/**
 * A specification whose operations take effect at several points in time, one after the other, while others run in
 * between: a batch is its single steps, an unmap is a clear per entry and a flush at the end. An execution is correct
 * if its operations' points can be put in one order, each between the call and the return of its operation, such that
 * every result is what the last point gives. With one point per operation that is linearizability (Herlihy and Wing
 * 1990); with more it is a special case of interval-linearizability (Castaneda, Rajsbaum and Raynal 2018).
 *
 * <p>An implementation is a small mutable state with equals() and hashCode() and a constructor without parameters.
 */
interface PointsSpecification {
    /** What {@link #point} gives when more points follow. */
    Object MORE = new Object() {
        @Override
        public String toString() {
            return "more";
        }
    };

    /** What {@link #point} gives, with the state unchanged, when this point cannot come now. */
    Object BLOCKED = new Object() {
        @Override
        public String toString() {
            return "blocked";
        }
    };

    /** An equal state of its own. */
    PointsSpecification copy();

    /** How many different outcomes the environment lets a point have, such as a TLB that has forgotten an entry. */
    int alternatives(String operation);

    /**
     * Takes the next point of an operation.
     *
     * @param arguments of the call
     * @param pending what the operation remembers from its earlier points
     * @param alternative below {@link #alternatives}
     * @return the operation's result, {@link #MORE} or {@link #BLOCKED}
     */
    Object point(String operation, List<?> arguments, Pending pending, int alternative);

    /** Runs a whole operation at one instant, as a strict specification does. */
    default Object atOnce(String operation, Object... arguments) {
        Pending pending = new Pending();
        while (true) {
            Object result = BLOCKED;
            for (int alternative = 0; result == BLOCKED; alternative++) {
                if (alternative == alternatives(operation)) {
                    throw new IllegalStateException(operation + " waits for nobody");
                }
                result = point(operation, List.of(arguments), pending, alternative);
            }
            if (result != MORE) {
                return result;
            }
        }
    }
}
