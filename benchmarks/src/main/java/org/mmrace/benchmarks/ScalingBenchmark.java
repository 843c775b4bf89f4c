package org.mmrace.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.stress.StressCampaign;
import org.mmrace.stress.StressConfig;
import org.mmrace.stress.StressListener;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whether threads that share nothing of the model also share nothing of the tool: the same number of operations per
 * thread, monitors on, each thread with a process, files and drivers of its own. Two threads are perfect if they take
 * as long as one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 7)
@Fork(2)
public class ScalingBenchmark {
    private static final long OPERATIONS_PER_THREAD = 1_000_000;

    /** How many threads run. */
    @Param({"1", "2"})
    public int threads;

    /** One campaign; gives the operations done, so that none of them can be left out. */
    @Benchmark
    public long campaign() {
        StressConfig config = StressConfig.of(KernelConfig.of(Series.AFTER))
                .threads(threads)
                .seed(1)
                .opsPerThread(OPERATIONS_PER_THREAD)
                .epochOps(OPERATIONS_PER_THREAD / 10)
                .processesDisjoint(true)
                .build();
        return new StressCampaign(config).run(StressListener.NONE).totalOperations();
    }
}
