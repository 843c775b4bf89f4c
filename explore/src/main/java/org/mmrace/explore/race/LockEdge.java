package org.mmrace.explore.race;

import java.util.List;
import org.mmrace.kernel.LockMode;

/**
 * One lock that a task waited for, or might have, while it held another one.
 *
 * @param task who
 * @param functions where it took the second one, innermost first
 * @param step how many steps had happened then, in the execution that showed it first
 * @param held the lock that it held
 * @param acquired the lock that it took, not by a trylock
 * @param others what else it held: while two tasks hold one of them, not both for reading, they are never here at once
 */
public record LockEdge(String task, List<String> functions, long step, Side held, Side acquired, List<Side> others) {
    /**
     * A lock, and how a task has it.
     *
     * @param lock what reports call it
     * @param mode whether others may read with it
     */
    public record Side(String lock, LockMode mode) {
        boolean excludes(Side other) {
            return lock.equals(other.lock) && (mode == LockMode.WRITE || other.mode == LockMode.WRITE);
        }

        @Override
        public String toString() {
            return lock + (mode == LockMode.READ ? " (R)" : " (W)");
        }
    }

    /** Keeps its own copies. */
    public LockEdge {
        functions = List.copyOf(functions);
        others = List.copyOf(others);
    }

    /** Whether this task and that of {@code other} can hold what they hold at the same time. */
    boolean coexistsWith(LockEdge other) {
        return !excludes(held, other) && others.stream().noneMatch(side -> excludes(side, other));
    }

    private static boolean excludes(Side side, LockEdge other) {
        return side.excludes(other.held) || other.others.stream().anyMatch(side::excludes);
    }

    @Override
    public String toString() {
        return task + " holds " + held + " and takes " + acquired + " in "
                + (functions.isEmpty() ? "?" : FunctionNames.kernel(functions.get(0)) + "()") + ", behind step " + step
                + (others.isEmpty() ? "" : ", with " + others);
    }
}
