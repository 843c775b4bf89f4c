package org.mmrace.kernel;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One wait of one task: spins briefly, then gives the processor away, then sleeps for short times. */
final class Backoff {
    /** Short, because a spinner on a busy machine keeps the holder of the lock from running. */
    private static final int SPINS_MAX = 40;

    private static final int YIELDS_MAX = 200;
    private static final long SLEEP_NANOS = 20_000;

    private final NativeKernel kernel;
    private final Task task;
    private final @Nullable Lockable lock;
    private int turns;

    Backoff(NativeKernel kernel, Task task, @Nullable Lockable lock) {
        this.kernel = kernel;
        this.task = task;
        this.lock = lock;
    }

    /** Lets some time pass. */
    void pause() {
        turns++;
        if (turns <= SPINS_MAX) {
            Thread.onSpinWait();
            return;
        }
        if (turns == SPINS_MAX + 1) {
            task.waits(lock, System.nanoTime());
        }
        if (kernel.halted()) {
            throw new Halted(task);
        }
        if (turns <= SPINS_MAX + YIELDS_MAX) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(SLEEP_NANOS);
        }
    }

    /** The wait is over. */
    void done() {
        if (turns > SPINS_MAX) {
            task.waits(null, 0);
        }
    }
}
