package org.mmrace.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Explorer.Exploration;
import org.mmrace.explore.Outcome;
import org.mmrace.explore.Plan;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.dpor.OptimalDpor;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.RandomWalk;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Executions of {@link ToyProgram} per second and core; run it with {@code taskset -c 1}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx512m"})
public class ExploreBenchmark {
    private static final int WALKS = 1_000;
    private static final int BOUNDED = 579;
    private static final int TRACES = 433;

    private final TaskPool pool = new TaskPool();
    private final Explorer<Outcome> plain = new Explorer<>(ToyProgram.subject(false), pool, Outcome::bad);
    private final Explorer<Outcome> checked = new Explorer<>(ToyProgram.subject(true), pool, Outcome::bad);

    /** Ends the threads. */
    @TearDown
    public void close() {
        pool.close();
    }

    private static long count(Exploration<Outcome> exploration, long executions) {
        if (exploration.bad() > 0 || exploration.executions() != executions) {
            throw new IllegalStateException(exploration.executions() + " executions: " + exploration.verdict());
        }
        return exploration.steps();
    }

    /** Random walks. */
    @Benchmark
    @OperationsPerInvocation(WALKS)
    public long randomWalk() {
        return count(plain.run(new RandomWalk(1), Plan.of(WALKS)), WALKS);
    }

    /** Random walks whose traces are counted. */
    @Benchmark
    @OperationsPerInvocation(WALKS)
    public long randomWalkCountingTraces() {
        return count(plain.run(new RandomWalk(1), Plan.of(WALKS).countingTraces()), WALKS);
    }

    /** Random walks, each checked for linearizability. */
    @Benchmark
    @OperationsPerInvocation(WALKS)
    public long randomWalkLinearizable() {
        return count(checked.run(new RandomWalk(1), Plan.of(WALKS)), WALKS);
    }

    /** All schedules with at most two preemptions. */
    @Benchmark
    @OperationsPerInvocation(BOUNDED)
    public long depthFirst() {
        return count(plain.run(DepthFirst.withPreemptions(2), Plan.exhaustive()), BOUNDED);
    }

    /** All traces, one execution for each. */
    @Benchmark
    @OperationsPerInvocation(TRACES)
    public long optimalDpor() {
        return count(plain.run(new OptimalDpor(), Plan.exhaustive()), TRACES);
    }
}
