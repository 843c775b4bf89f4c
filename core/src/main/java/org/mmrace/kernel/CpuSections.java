package org.mmrace.kernel;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which CPUs are inside an instruction, an interrupt-off section or an RCU read-side section. Each CPU has a counter
 * for each, odd inside; comparing two readings tells whether that section is still the same one. Only the task of a CPU
 * changes its counters. For implementations of {@link Kernel} only.
 */
public final class CpuSections {
    /** Longs from one counter to the next, so that CPUs do not share cache lines. */
    private static final int STRIDE = 16;

    private final int cpus;
    private final AtomicLongArray instruction;
    private final AtomicLongArray irq;
    private final AtomicLongArray rcu;

    /** {@code cpus} CPUs outside of all sections. */
    public CpuSections(int cpus) {
        this.cpus = cpus;
        instruction = new AtomicLongArray(cpus * STRIDE);
        irq = new AtomicLongArray(cpus * STRIDE);
        rcu = new AtomicLongArray(cpus * STRIDE);
    }

    int cpus() {
        return cpus;
    }

    /**
     * {@code cpu} begins an instruction. The store is ordered before every later load of the instruction, as the pair
     * with {@link #instructionNow} needs.
     */
    public void instructionBegin(int cpu) {
        instruction.set(cpu * STRIDE, 1 + instruction.getPlain(cpu * STRIDE));
    }

    /** The instruction is done. */
    public void instructionEnd(int cpu) {
        instruction.setRelease(cpu * STRIDE, 1 + instruction.getPlain(cpu * STRIDE));
    }

    /** A reading for {@link #instructionStillIn}. */
    public long instructionNow(int cpu) {
        return instruction.get(cpu * STRIDE);
    }

    /** Whether {@code cpu} was inside an instruction at {@code snapshot}, and still is. */
    public boolean instructionStillIn(int cpu, long snapshot) {
        return isInside(snapshot) && instruction.get(cpu * STRIDE) == snapshot;
    }

    /**
     * {@code cpu} turns interrupts off. The store is ordered before every later load of the section, as the pair with
     * {@link #irqNow} needs.
     */
    public void irqEnter(int cpu) {
        irq.set(cpu * STRIDE, 1 + irq.getPlain(cpu * STRIDE));
    }

    /** {@code cpu} turns interrupts on. */
    public void irqLeave(int cpu) {
        irq.setRelease(cpu * STRIDE, 1 + irq.getPlain(cpu * STRIDE));
    }

    /** {@code cpu} enters an RCU read-side section. */
    public void rcuEnter(int cpu) {
        rcu.set(cpu * STRIDE, 1 + rcu.getPlain(cpu * STRIDE));
    }

    /** {@code cpu} leaves it. */
    public void rcuLeave(int cpu) {
        rcu.setRelease(cpu * STRIDE, 1 + rcu.getPlain(cpu * STRIDE));
    }

    /** A reading for {@link #irqStillIn}. */
    public long irqNow(int cpu) {
        return irq.get(cpu * STRIDE);
    }

    /** A reading, odd while {@code cpu} is in an RCU read-side section. */
    public long rcuNow(int cpu) {
        return rcu.get(cpu * STRIDE);
    }

    void snapshot(long[] irqOut, long[] rcuOut) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            irqOut[cpu] = irq.get(cpu * STRIDE);
            rcuOut[cpu] = rcu.get(cpu * STRIDE);
        }
    }

    /** Whether {@code cpu} had its interrupts off at {@code snapshot}, and still has. */
    public boolean irqStillIn(int cpu, long snapshot) {
        return isInside(snapshot) && irq.get(cpu * STRIDE) == snapshot;
    }

    boolean rcuStillIn(int cpu, long snapshot) {
        return isInside(snapshot) && rcu.get(cpu * STRIDE) == snapshot;
    }

    private static boolean isInside(long counter) {
        return (counter & 1) != 0;
    }
}
