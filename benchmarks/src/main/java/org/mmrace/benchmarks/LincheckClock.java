package org.mmrace.benchmarks;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many executions Lincheck has begun and when: it tells nobody. In a class of its own, which Lincheck is not told
 * about; one addition for each execution.
 */
final class LincheckClock {
    private static final AtomicLong COUNT = new AtomicLong();
    private static volatile long warm;
    private static volatile long warmNanos;

    private LincheckClock() {}

    /** The first {@code executions} are warm-up. */
    static void warmUp(long executions) {
        warm = executions;
    }

    static void began() {
        if (COUNT.incrementAndGet() == warm) {
            warmNanos = CpuTime.nanos();
        }
    }

    /** How many there were behind the warm-up, per second. */
    static double perSecond() {
        return (COUNT.get() - warm) * 1e9 / (CpuTime.nanos() - warmNanos);
    }
}
