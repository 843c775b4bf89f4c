package org.mmrace.stress;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.mmrace.check.Violation;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Knobs;

/** A result for people: a table of operations, and what was found. */
public final class StressText {
    private static final double MILLION = 1e6;
    private static final int VIOLATIONS_SHOWN = 5;

    private StressText() {}

    /** What is about to run, in one line. */
    public static String header(StressConfig config) {
        String length = config.opsPerThread() > 0
                ? thousands(config.opsPerThread()) + " operations per thread"
                : Durations.format(config.duration());
        return "stress  " + kernel(config.kernel()) + "  threads " + config.threads() + "  processes "
                + config.processCount() + "  seed " + config.seed() + "  for " + length + "  mix " + config.mix();
    }

    /** What {@link #header} says of a kernel: its series, the bugs switched on, and the knobs that were turned. */
    public static String kernel(KernelConfig kernel) {
        String faults = kernel.faults().stream().map(Fault::id).collect(Collectors.joining(" "));
        String knobs = Knobs.text(Knobs.changed(kernel));
        return "series " + kernel.series() + (faults.isEmpty() ? "" : "  faults " + faults)
                + (knobs.isEmpty() ? "" : "  " + knobs);
    }

    /** The whole result; ends with a line break. */
    public static String of(StressResult result) {
        StringBuilder text = new StringBuilder();
        text.append(row("operation", "total", "p50", "p99", "p99.9", "results"));
        result.operations().forEach((kind, counts) -> text.append(row(result, kind, counts)));
        text.append('\n');
        text.append(String.format(
                Locale.ROOT,
                "%s operations in %.1f s: %s per second; %s epochs, %s audits; zeropage count %d; heap %.0f MB at most,"
                        + " %.0f MB live%n",
                thousands(result.totalOperations()),
                result.elapsed().toMillis() / 1e3,
                thousands(result.operationsPerSecond()),
                thousands(result.epochs()),
                thousands(result.audits()),
                result.zeropageRef(),
                result.peakHeapBytes() / MILLION,
                result.liveHeapBytes() / MILLION));
        if (result.interrupted()) {
            text.append("interrupted\n");
        }
        appendViolations(text, result);
        return text.toString();
    }

    /** One turn of a rotation, in one line without its end: which one, its knobs, and what came out. */
    public static String turn(int number, int of, RotatedCampaign.Ended turn) {
        StressResult result = turn.result();
        return String.format(
                Locale.ROOT,
                "turn %2d of %d  %s: %s operations in %.1f s, %s epochs, %s audits, zeropage count %d, %s",
                number,
                of,
                turn.turn().name(),
                thousands(result.totalOperations()),
                result.elapsed().toMillis() / 1e3,
                thousands(result.epochs()),
                thousands(result.audits()),
                result.zeropageRef(),
                result.violations().isEmpty()
                        ? result.interrupted() ? "interrupted" : "no violation"
                        : "VIOLATION " + result.violations().get(0).invariant());
    }

    private static void appendViolations(StringBuilder text, StressResult result) {
        int shown = 0;
        for (Violation violation : result.violations()) {
            if (shown++ < VIOLATIONS_SHOWN) {
                text.append("VIOLATION ")
                        .append(violation)
                        .append(Place.legend(violation.message()))
                        .append('\n');
            }
        }
        if (result.violations().isEmpty()) {
            text.append("no violation\n");
        } else {
            StringJoiner counts = new StringJoiner(", ", "violations: ", "\n");
            result.violationCounts().forEach((invariant, count) -> counts.add(invariant + " " + thousands(count)));
            text.append(counts);
        }
    }

    private static String row(StressResult result, Operation kind, Map<OpResult, Long> counts) {
        StringJoiner results = new StringJoiner("  ");
        counts.entrySet().stream()
                .sorted(Map.Entry.<OpResult, Long>comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> results.add(entry.getKey().label() + " " + thousands(entry.getValue())));
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        StressResult.Latency latency = result.latencies().get(kind);
        return row(
                kind.label(),
                thousands(total),
                latency == null ? "" : time(latency.p50Nanos()),
                latency == null ? "" : time(latency.p99Nanos()),
                latency == null ? "" : time(latency.p999Nanos()),
                results.toString());
    }

    private static String row(String kind, String total, String p50, String p99, String p999, String results) {
        return String.format(Locale.ROOT, "%-24s %13s %8s %8s %8s  %s", kind, total, p50, p99, p999, results)
                        .stripTrailing()
                + "\n";
    }

    /** {@code "470 ns"}, {@code "1.8 us"}, {@code "12 ms"}. */
    private static String time(long nanos) {
        if (nanos < 1000) {
            return nanos + " ns";
        }
        double value = nanos / 1e3;
        String unit = " us";
        if (value >= 1000) {
            value /= 1000;
            unit = " ms";
        }
        if (value >= 1000) {
            value /= 1000;
            unit = " s";
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value) + unit;
    }

    /** Groups of three digits with blanks between. */
    public static String thousands(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }
}
