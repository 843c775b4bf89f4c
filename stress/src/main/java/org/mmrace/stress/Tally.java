package org.mmrace.stress;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Operations by kind and result, and how long they took. One per worker, merged when they rest. */
final class Tally {
    private static final int KINDS = Operation.values().length;
    private static final int RESULTS = OpResult.values().length;
    private static final long LATENCY_MAX_NANOS = 3_600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 2;

    private final long[] counts = new long[KINDS * RESULTS];
    private final @Nullable Histogram[] latencies = new @Nullable Histogram[KINDS];

    void count(Operation kind, OpResult result, long nanos) {
        counts[kind.ordinal() * RESULTS + result.ordinal()]++;
        histogram(kind).recordValue(Math.max(1, Math.min(nanos, LATENCY_MAX_NANOS)));
    }

    private Histogram histogram(Operation kind) {
        Histogram histogram = latencies[kind.ordinal()];
        if (histogram == null) {
            histogram = new Histogram(1, LATENCY_MAX_NANOS, SIGNIFICANT_DIGITS);
            latencies[kind.ordinal()] = histogram;
        }
        return histogram;
    }

    void add(Tally other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        for (Operation kind : Operation.values()) {
            Histogram theirs = other.latencies[kind.ordinal()];
            if (theirs != null) {
                histogram(kind).add(theirs);
            }
        }
    }

    long total() {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /** What was counted, without zeros. */
    Map<Operation, Map<OpResult, Long>> counts() {
        Map<Operation, Map<OpResult, Long>> all = new EnumMap<>(Operation.class);
        for (Operation kind : Operation.values()) {
            for (OpResult result : OpResult.values()) {
                long count = counts[kind.ordinal() * RESULTS + result.ordinal()];
                if (count != 0) {
                    all.computeIfAbsent(kind, any -> new EnumMap<>(OpResult.class))
                            .put(result, count);
                }
            }
        }
        return all;
    }

    /** The latencies of what was done at all. */
    Map<Operation, StressResult.Latency> latencies() {
        Map<Operation, StressResult.Latency> all = new EnumMap<>(Operation.class);
        for (Operation kind : Operation.values()) {
            Histogram histogram = latencies[kind.ordinal()];
            if (histogram != null) {
                all.put(
                        kind,
                        new StressResult.Latency(
                                histogram.getValueAtPercentile(50),
                                histogram.getValueAtPercentile(99),
                                histogram.getValueAtPercentile(99.9),
                                histogram.getMaxValue()));
            }
        }
        return all;
    }
}
