package org.mmrace.kernel;

import org.jspecify.annotations.Nullable;

/** A flow of control inside the simulated kernel ({@code struct task_struct}), bound to one CPU. */
public final class Task {
    private final int id;
    private final int cpu;
    private final String name;
    private final HeldLocks held = new HeldLocks();

    private volatile boolean fatalSignal;
    private volatile @Nullable Lockable waitingFor;
    private volatile long waitingSinceNanos;

    /** Depth of nested interrupt-off and RCU sections; this task only. */
    int irqDepth;

    int rcuDepth;

    /**
     * A task that holds nothing.
     *
     * @param id small and unique in its machine; events name tasks by it
     * @param cpu the CPU that it runs on; no other running task may use that CPU at the same time
     */
    public Task(int id, int cpu, String name) {
        this.id = id;
        this.cpu = cpu;
        this.name = name;
    }

    /** Unique in its machine. */
    public int id() {
        return id;
    }

    /** The CPU that it runs on. */
    public int cpu() {
        return cpu;
    }

    /** The locks that it holds. */
    public HeldLocks held() {
        return held;
    }

    /** Whether its interrupts are off. */
    public boolean irqsOff() {
        return irqDepth > 0;
    }

    /**
     * Whether somebody killed it: long waits and retry loops of the kernel give up ({@code fatal_signal_pending()}).
     */
    public boolean fatalSignalPending() {
        return fatalSignal;
    }

    /** Kills it ({@code SIGKILL}); any thread may call this. */
    public void kill() {
        fatalSignal = true;
    }

    /** Takes the kill back, for a task that goes on as the next process. */
    public void clearSignals() {
        fatalSignal = false;
    }

    /** The lock that it waits for, or null; any thread may ask. */
    public @Nullable Lockable waitingFor() {
        return waitingFor;
    }

    /** Since when it waits, on the clock of {@link System#nanoTime()}; meaningful while it waits. */
    public long waitingSinceNanos() {
        return waitingSinceNanos;
    }

    void waits(@Nullable Lockable lock, long nanos) {
        waitingSinceNanos = nanos;
        waitingFor = lock;
    }

    @Override
    public String toString() {
        return name;
    }
}
