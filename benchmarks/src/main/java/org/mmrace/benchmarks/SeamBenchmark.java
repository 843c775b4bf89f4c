package org.mmrace.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.NativeKernel;
import org.mmrace.kernel.RefCount;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.WordArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the seam costs: the same insert-and-remove loop body written against {@link NativeKernel} itself and against
 * {@link Kernel}, with one and with two implementations loaded and used.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SeamBenchmark {
    private static final int WARM_CALLS = 200_000;

    /** How many implementations of {@link Kernel} the JVM has seen at the call sites. */
    @Param({"1", "2"})
    public int implementations;

    private final NativeKernel direct = new NativeKernel(1, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
    private final Kernel seam = direct;
    private final Task task = new Task(0, 0, "benchmark");
    private final SpinLock ptl = new SpinLock(LockClass.PTL, "ptl");
    private final WordArray entries = new WordArray(16);
    private final RefCount ref = new RefCount(1, 1L << 31);

    /** With two implementations, shows the second one to the call sites first. */
    @Setup
    public void show() {
        if (implementations == 2) {
            Kernel second = new ControlledKernel(1, KernelLog.NONE, LockObserver.NONE, RetryWatch.NONE);
            for (int i = 0; i < WARM_CALLS; i++) {
                insertAndRemove(second);
                insertAndRemove(seam);
            }
        }
    }

    /** Calls on the final class. */
    @Benchmark
    public long direct() {
        direct.spinLock(task, ptl);
        if (direct.readOnce(entries, 3) == 0) {
            direct.refAdd(ref, 1);
            direct.writeOnce(entries, 3, 7);
        }
        direct.spinUnlock(task, ptl);
        direct.spinLock(task, ptl);
        long old = direct.xchg(entries, 3, 0);
        direct.refAdd(ref, -1);
        direct.spinUnlock(task, ptl);
        return old;
    }

    /** Calls through the interface. */
    @Benchmark
    public long seam() {
        return insertAndRemove(seam);
    }

    private long insertAndRemove(Kernel kernel) {
        kernel.spinLock(task, ptl);
        if (kernel.readOnce(entries, 3) == 0) {
            kernel.refAdd(ref, 1);
            kernel.writeOnce(entries, 3, 7);
        }
        kernel.spinUnlock(task, ptl);
        kernel.spinLock(task, ptl);
        long old = kernel.xchg(entries, 3, 0);
        kernel.refAdd(ref, -1);
        kernel.spinUnlock(task, ptl);
        return old;
    }
}
