package org.mmrace.explore;

import java.util.concurrent.locks.LockSupport;

/**
 * The right to run, as one thread waits for it and another one gives it. Never spins: on few cores a spinner keeps the
 * other one from running. What a thread did before {@link #give} is visible to the one that returns from
 * {@link #await}.
 */
final class Baton {
    private final Thread runner;
    private volatile boolean given;

    /** The baton of {@code runner}, who alone may wait for it. */
    Baton(Thread runner) {
        this.runner = runner;
    }

    void give() {
        given = true;
        LockSupport.unpark(runner);
    }

    void await() {
        while (!given) {
            LockSupport.park(this);
        }
        given = false;
    }
}
