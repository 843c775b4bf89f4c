package org.mmrace.lincheck;

import java.util.concurrent.atomic.AtomicLong;

/** Counts executions: each makes one subject. Lincheck tells nobody how many there were. */
final class Invocations {
    private static final AtomicLong COUNT = new AtomicLong();

    private Invocations() {}

    /** A subject was made. */
    static void began() {
        COUNT.incrementAndGet();
    }

    /** How many subjects were made since the last call. */
    static long take() {
        return COUNT.getAndSet(0);
    }
}
