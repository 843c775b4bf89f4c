package org.mmrace.op;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;

/**
 * Proves that a loop of a machine with a single running task is endless: the task is at the same place for the second
 * time and nothing has changed, so it will do the same for ever. Kills the task then.
 */
public final class EndlessLoopWatch implements RetryWatch {
    private final Set<Long> seen = new HashSet<>();
    private LongSupplier fingerprint = () -> 0;
    private boolean endless;

    /** A watch that has seen nothing; it needs {@link #watch} before the machine runs. */
    public EndlessLoopWatch() {}

    /** Says how the state of the machine is to be hashed, such as {@link Fingerprint#of}. */
    public void watch(LongSupplier state) {
        fingerprint = state;
    }

    /** A new operation begins: what was seen before does not count. */
    public void reset() {
        endless = false;
    }

    /** Whether the operation since {@link #reset} was found to loop for ever. */
    public boolean endless() {
        return endless;
    }

    @Override
    public void retrying(Task task, int turn) {
        if (turn == 1) {
            seen.clear();
        }
        if (!seen.add(fingerprint.getAsLong())) {
            endless = true;
            task.kill();
        }
    }
}
