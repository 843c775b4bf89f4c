package org.mmrace.benchmarks;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mmrace.conform.ConformReport;
import org.mmrace.conform.Conformance;
import org.mmrace.conform.RecordedScope;
import org.mmrace.conform.Recording;
import org.mmrace.conform.RecordingReader;
import org.mmrace.conform.Replayer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many recorded cases {@code mmrace conform} replays and compares per second on one core, all scopes of both
 * bundled recordings: a machine is made for each case, its operations run, and every recorded value is compared.
 * Reading the recordings is not in it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx512m"})
public class ConformBenchmark {
    private static final int CASES = 2930;

    private final Conformance conformance = new Conformance(new Replayer(), EnumSet.allOf(RecordedScope.class));
    private List<Recording> recordings = List.of();

    /** Reads the recordings that mmrace brings along. */
    @Setup
    public void read() throws IOException {
        recordings = RecordingReader.bundled();
        int cases = conformance.count(recordings);
        if (cases != CASES) {
            throw new IllegalStateException("the recordings have " + cases + " cases, so CASES is wrong");
        }
    }

    /** One pass over all cases. */
    @Benchmark
    @OperationsPerInvocation(CASES)
    public ConformReport pass() {
        return conformance.run(recordings, () -> {});
    }
}
