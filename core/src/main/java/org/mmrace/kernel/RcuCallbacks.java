package org.mmrace.kernel;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The RCU callbacks queued on one CPU. Touched by the task of that CPU only. Callbacks that arrive while a grace period
 * is under way wait for the next one. For implementations of {@link Kernel} only.
 */
public final class RcuCallbacks {
    private final CpuSections sections;
    private final long[] irqSnapshot;
    private final long[] rcuSnapshot;
    private List<Runnable> waiting = new ArrayList<>();
    private List<Runnable> next = new ArrayList<>();

    /** None; grace periods end as {@code sections} says. */
    public RcuCallbacks(CpuSections sections) {
        this.sections = sections;
        irqSnapshot = new long[sections.cpus()];
        rcuSnapshot = new long[sections.cpus()];
    }

    /** Queues one. */
    public void add(Runnable callback) {
        next.add(callback);
    }

    /** Whether none is queued. */
    public boolean isEmpty() {
        return waiting.isEmpty() && next.isEmpty();
    }

    /** Runs what is due and starts the next grace period; never waits. */
    public void poll() {
        if (!waiting.isEmpty()) {
            if (!gracePeriodOver()) {
                return;
            }
            List<Runnable> due = waiting;
            waiting = new ArrayList<>();
            due.forEach(Runnable::run);
        }
        if (!next.isEmpty()) {
            List<Runnable> empty = waiting;
            waiting = next;
            next = empty;
            VarHandle.fullFence(); // what was taken away is visible before anybody is asked who still reads
            sections.snapshot(irqSnapshot, rcuSnapshot);
            if (gracePeriodOver()) {
                poll();
            }
        }
    }

    /** Whether everybody who read when the last grace period began has left. */
    public boolean gracePeriodOver() {
        for (int cpu = 0; cpu < irqSnapshot.length; cpu++) {
            if (waitsForInterrupts(cpu) || waitsForReader(cpu)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the last grace period goes on because {@code cpu} has had its interrupts off since it began. */
    public boolean waitsForInterrupts(int cpu) {
        return sections.irqStillIn(cpu, irqSnapshot[cpu]);
    }

    /** Whether the last grace period goes on because {@code cpu} has been reading since it began. */
    public boolean waitsForReader(int cpu) {
        return sections.rcuStillIn(cpu, rcuSnapshot[cpu]);
    }
}
