package org.mmrace.kernel;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which CPUs are inside an interrupt-off section or an RCU read-side section. Each CPU has one counter for each, odd
 * inside; comparing two readings tells whether that section is still the same one.
 */
final class CpuSections {
    /** Longs from one counter to the next, so that CPUs do not share cache lines. */
    private static final int STRIDE = 16;

    private final int cpus;
    private final AtomicLongArray irq;
    private final AtomicLongArray rcu;

    CpuSections(int cpus) {
        this.cpus = cpus;
        irq = new AtomicLongArray(cpus * STRIDE);
        rcu = new AtomicLongArray(cpus * STRIDE);
    }

    int cpus() {
        return cpus;
    }

    /** The store is ordered before every later load of the section, as the pair with {@link #irqNow} needs. */
    void irqEnterOrLeave(int cpu) {
        irq.getAndIncrement(cpu * STRIDE);
    }

    void rcuEnterOrLeave(int cpu) {
        rcu.getAndIncrement(cpu * STRIDE);
    }

    long irqNow(int cpu) {
        return irq.get(cpu * STRIDE);
    }

    void snapshot(long[] irqOut, long[] rcuOut) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            irqOut[cpu] = irq.get(cpu * STRIDE);
            rcuOut[cpu] = rcu.get(cpu * STRIDE);
        }
    }

    boolean irqStillIn(int cpu, long snapshot) {
        return isInside(snapshot) && irq.get(cpu * STRIDE) == snapshot;
    }

    boolean rcuStillIn(int cpu, long snapshot) {
        return isInside(snapshot) && rcu.get(cpu * STRIDE) == snapshot;
    }

    private static boolean isInside(long counter) {
        return (counter & 1) != 0;
    }
}
