package org.mmrace.kernel;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which CPUs are inside an instruction, an interrupt-off section or an RCU read-side section. Each CPU has a counter
 * for each, odd inside; comparing two readings tells whether that section is still the same one. Only the task of a CPU
 * changes its counters.
 */
final class CpuSections {
    /** Longs from one counter to the next, so that CPUs do not share cache lines. */
    private static final int STRIDE = 16;

    private final int cpus;
    private final AtomicLongArray instruction;
    private final AtomicLongArray irq;
    private final AtomicLongArray rcu;

    CpuSections(int cpus) {
        this.cpus = cpus;
        instruction = new AtomicLongArray(cpus * STRIDE);
        irq = new AtomicLongArray(cpus * STRIDE);
        rcu = new AtomicLongArray(cpus * STRIDE);
    }

    int cpus() {
        return cpus;
    }

    /**
     * The store is ordered before every later load of the instruction, as the pair with {@link #instructionNow} needs.
     */
    void instructionBegin(int cpu) {
        instruction.set(cpu * STRIDE, 1 + instruction.getPlain(cpu * STRIDE));
    }

    void instructionEnd(int cpu) {
        instruction.setRelease(cpu * STRIDE, 1 + instruction.getPlain(cpu * STRIDE));
    }

    long instructionNow(int cpu) {
        return instruction.get(cpu * STRIDE);
    }

    boolean instructionStillIn(int cpu, long snapshot) {
        return isInside(snapshot) && instruction.get(cpu * STRIDE) == snapshot;
    }

    /** The store is ordered before every later load of the section, as the pair with {@link #irqNow} needs. */
    void irqEnter(int cpu) {
        irq.set(cpu * STRIDE, 1 + irq.getPlain(cpu * STRIDE));
    }

    void irqLeave(int cpu) {
        irq.setRelease(cpu * STRIDE, 1 + irq.getPlain(cpu * STRIDE));
    }

    void rcuEnter(int cpu) {
        rcu.set(cpu * STRIDE, 1 + rcu.getPlain(cpu * STRIDE));
    }

    void rcuLeave(int cpu) {
        rcu.setRelease(cpu * STRIDE, 1 + rcu.getPlain(cpu * STRIDE));
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
