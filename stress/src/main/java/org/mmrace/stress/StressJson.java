package org.mmrace.stress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Violation;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Knobs;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A result for programs: one object on standard output, and the file that a violation leaves behind. */
public final class StressJson {
    private static final int SCHEMA = 1;
    private static final int OPERATIONS_SHOWN = 64;
    private static final Pattern OBJECT =
            Pattern.compile("\\b(?:zeropage|mm\\d+|vma:\\d+|(?:page|pfn|file|table) \\d+|0x[0-9a-f]+|worker-\\d+)\\b");

    private StressJson() {}

    /** The result as one JSON object on one line, and behind it {@code more}, by name. */
    public static String of(StressResult result, Map<String, Object> more) {
        Map<String, Object> json = object(result);
        json.putAll(more);
        return JsonMapper.builder().build().writeValueAsString(json);
    }

    /**
     * What came out of a rotation, as one JSON object on one line: the sums, each turn with its knobs, and
     * {@code more}, by name.
     */
    public static String of(List<RotatedCampaign.Ended> turns, Map<String, Object> more) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "ops",
                turns.stream()
                        .mapToLong(turn -> turn.result().totalOperations())
                        .sum());
        json.put(
                "elapsedMillis",
                turns.stream()
                        .mapToLong(turn -> turn.result().elapsed().toMillis())
                        .sum());
        json.put("interrupted", turns.stream().anyMatch(turn -> turn.result().interrupted()));
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        turns.forEach(turn -> found.addAll(violations(turn.result())));
        json.put("violations", found);
        List<Map<String, Object>> all = new ArrayList<>();
        for (RotatedCampaign.Ended turn : turns) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("knobs", turn.turn().knobs());
            each.putAll(object(turn.result()));
            all.add(each);
        }
        json.put("turns", all);
        json.putAll(more);
        return JsonMapper.builder().build().writeValueAsString(json);
    }

    private static Map<String, Object> object(StressResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ops", result.totalOperations());
        json.put("opsPerSecond", result.operationsPerSecond());
        json.put("elapsedMillis", result.elapsed().toMillis());
        json.put("epochs", result.epochs());
        json.put("audits", result.audits());
        json.put("zeropageRef", result.zeropageRef());
        json.put("peakHeapBytes", result.peakHeapBytes());
        json.put("liveHeapBytes", result.liveHeapBytes());
        json.put("interrupted", result.interrupted());
        json.put("seed", result.config().seed());
        json.put("config", config(result.config()));
        json.put("violations", violations(result));
        json.put("violationCounts", counts(result));
        json.put("results", results(result));
        json.put("latencyNanos", latencies(result));
        return json;
    }

    /**
     * What a violation leaves behind: what was found, the way there, and how to go there again.
     *
     * @param reproduce the command
     * @param more what else is known, by name
     */
    static String violationFile(StressResult result, String reproduce, Map<String, Object> more) {
        Violation first = result.violations().get(0);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("invariant", first.invariant().name());
        json.put("rule", first.invariant().rule());
        json.put("message", first.message());
        json.put("task", first.task() == null ? null : first.task().toString());
        json.put("objects", objects(first.message()));
        json.put(
                "places",
                Place.namedIn(first.message()).stream().map(Place::toString).toList());
        json.put("seed", result.config().seed());
        json.put("config", config(result.config()));
        json.put("mix", result.config().mix().byName());
        json.put("reproduce", reproduce);
        json.putAll(more);
        json.put("violations", violations(result));
        json.put("violationCounts", counts(result));
        json.put("lastOperations", lastOperations(result));
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(json);
    }

    private static Map<String, List<String>> lastOperations(StressResult result) {
        Map<String, List<String>> json = new LinkedHashMap<>();
        result.lastOperations()
                .forEach((worker, operations) -> json.put(
                        worker,
                        operations.stream()
                                .skip(Math.max(0, operations.size() - OPERATIONS_SHOWN))
                                .map(LoggedOperation::toString)
                                .toList()));
        return json;
    }

    /** The things that a message names. */
    private static List<String> objects(String message) {
        List<String> objects = new ArrayList<>();
        Matcher matcher = OBJECT.matcher(message);
        while (matcher.find()) {
            if (!objects.contains(matcher.group())) {
                objects.add(matcher.group());
            }
        }
        return objects;
    }

    private static Map<String, Object> config(StressConfig config) {
        KernelConfig kernel = config.kernel();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("faults", kernel.faults().stream().map(Enum::name).sorted().toList());
        json.put("threads", config.threads());
        json.put("processes", config.processCount());
        json.put(
                "durationMillis",
                config.opsPerThread() > 0 ? 0 : config.duration().toMillis());
        json.put("opsPerThread", config.opsPerThread());
        json.put("epochMillis", config.epoch().toMillis());
        json.put("mix", config.mix().byName());
        json.putAll(Knobs.values(kernel));
        return json;
    }

    private static List<Map<String, @Nullable Object>> violations(StressResult result) {
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (Violation violation : result.violations()) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("invariant", violation.invariant().name());
            json.put("message", violation.message());
            json.put("task", violation.task() == null ? null : violation.task().toString());
            list.add(json);
        }
        return list;
    }

    private static Map<String, Long> counts(StressResult result) {
        Map<String, Long> json = new LinkedHashMap<>();
        result.violationCounts().forEach((invariant, count) -> json.put(invariant.name(), count));
        return json;
    }

    private static Map<String, Map<String, Long>> results(StressResult result) {
        Map<String, Map<String, Long>> json = new LinkedHashMap<>();
        result.operations().forEach((kind, counts) -> {
            Map<String, Long> byResult = new LinkedHashMap<>();
            counts.forEach((how, count) -> byResult.put(how.label(), count));
            json.put(kind.label(), byResult);
        });
        return json;
    }

    private static Map<String, Map<String, Long>> latencies(StressResult result) {
        Map<String, Map<String, Long>> json = new LinkedHashMap<>();
        result.latencies().forEach((kind, latency) -> {
            Map<String, Long> entry = new LinkedHashMap<>();
            entry.put("p50", latency.p50Nanos());
            entry.put("p99", latency.p99Nanos());
            entry.put("p999", latency.p999Nanos());
            entry.put("max", latency.maxNanos());
            json.put(kind.label(), entry);
        });
        return json;
    }
}
