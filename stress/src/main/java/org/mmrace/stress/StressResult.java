package org.mmrace.stress;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;

/**
 * What came out of a campaign.
 *
 * @param config what it was to do
 * @param elapsed how long the workers worked
 * @param operations by kind and result, without zeros
 * @param latencies by kind
 * @param epochs how often the workers have met
 * @param audits how often everything was recounted
 * @param zeropageRef the reference count of the zeropage in the end, 1 if all is well
 * @param peakHeapBytes the most that the heap has held, garbage included
 * @param liveHeapBytes the most that was left after a collection, 0 if there was none
 * @param violations the first ones, oldest first
 * @param violationCounts how often each invariant was broken
 * @param lastOperations what each worker did last, oldest first; empty unless there is a violation
 * @param memory what was mapped then; nothing unless there is a violation
 * @param interrupted whether it was told to stop
 * @param failure why it could not go on although no invariant was broken, null if it could
 */
public record StressResult(
        StressConfig config,
        Duration elapsed,
        Map<Operation, Map<OpResult, Long>> operations,
        Map<Operation, Latency> latencies,
        long epochs,
        long audits,
        long zeropageRef,
        long peakHeapBytes,
        long liveHeapBytes,
        List<Violation> violations,
        Map<Invariant, Long> violationCounts,
        Map<String, List<LoggedOperation>> lastOperations,
        MemoryState memory,
        boolean interrupted,
        @Nullable Throwable failure) {
    /**
     * How long operations of one kind took.
     *
     * @param p50Nanos half of them were faster
     * @param p99Nanos 99 of 100 were faster
     * @param p999Nanos 999 of 1000 were faster
     * @param maxNanos the slowest
     */
    public record Latency(long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos) {}

    /** All operations. */
    public long totalOperations() {
        return operations.values().stream()
                .flatMap(results -> results.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How many operations were done per second. */
    public long operationsPerSecond() {
        double seconds = elapsed.toNanos() / 1e9;
        return seconds == 0 ? 0 : Math.round(totalOperations() / seconds);
    }

    /** The operations of one kind with one result. */
    public long count(Operation kind, OpResult result) {
        return operations.getOrDefault(kind, Map.of()).getOrDefault(result, 0L);
    }
}
