package org.mmrace.jcstress;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;

/** The machine below the tests: real threads, two CPUs, watched by nobody. */
final class Machines {
    /** For tests of cells and locks, which keep their state themselves; shared by all samples. */
    static final Kernel SHARED = twoCpus();

    private Machines() {}

    /** For tests of sections of a CPU, such as those with interrupts off: a machine of its own for every sample. */
    static Kernel twoCpus() {
        return new NativeKernel(2, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
    }

    /** The task of a CPU; for one sample. */
    static Task task(int cpu) {
        return new Task(cpu, cpu, "cpu" + cpu);
    }
}
