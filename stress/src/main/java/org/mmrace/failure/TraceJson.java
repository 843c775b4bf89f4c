package org.mmrace.failure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Violation;
import org.mmrace.explore.trace.Trace;
import org.mmrace.explore.trace.TraceStep;
import org.mmrace.fault.Fault;
import org.mmrace.fault.Knobs;
import tools.jackson.databind.json.JsonMapper;

/** A trace for programs: one JSON object on one line, with the step numbers of the text. */
public final class TraceJson {
    private TraceJson() {}

    /**
     * The object.
     *
     * @param replay what is known about the replay, such as whether it shows the same; comes first
     */
    public static String of(Trace trace, Map<String, ? extends @Nullable Object> replay) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(replay);
        json.put("scenario", trace.scenario().name());
        json.put("series", trace.config().series().name());
        json.put(
                "faults",
                trace.config().faults().stream().map(Fault::id).sorted().toList());
        json.put("config", Knobs.values(trace.config()));
        json.put(
                "tasks",
                trace.scenario().tasks().stream()
                        .map(task -> Map.of("name", task.name(), "process", task.process()))
                        .toList());
        json.put("operations", trace.operations());
        json.put("processes", trace.mms());
        json.put("schedule", trace.run().ending().schedule().toString());
        json.put("ending", trace.run().ending().how().name());
        json.put("preemptions", trace.preemptions());
        json.put("switches", trace.switches());
        json.put("entriesBefore", entries(trace.before()));
        json.put("entriesAfter", entries(trace.after()));
        json.put("standings", trace.standings());
        json.put("steps", trace.steps().stream().map(TraceJson::step).toList());
        json.put("violationsAtRest", violations(trace.atRest()));
        json.put("failedChecks", trace.run().verdict().failedChecks());
        json.put("results", trace.run().verdict().results());
        json.put("grade", trace.run().verdict().grade().name());
        return JsonMapper.builder().build().writeValueAsString(json);
    }

    /** The object for a replay that could not come to its end: {@code replay} alone. */
    public static String withoutTrace(Map<String, ? extends @Nullable Object> replay) {
        return JsonMapper.builder().build().writeValueAsString(replay);
    }

    private static Map<String, List<String>> entries(List<Trace.Strip> strips) {
        Map<String, List<String>> entries = new LinkedHashMap<>();
        strips.forEach(strip -> entries.put(strip.name(), strip.entries()));
        return entries;
    }

    private static Map<String, @Nullable Object> step(TraceStep step) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("step", step.number());
        json.put("task", step.task());
        json.put("operation", step.operation());
        json.put("verb", step.verb().word());
        json.put("location", step.location());
        json.put("before", step.before());
        json.put("after", step.after());
        json.put("held", step.held());
        json.put("source", step.source());
        TraceStep.HandOver handOver = step.handOver();
        json.put(
                "switch",
                handOver == null
                        ? null
                        : Map.of("from", handOver.from(), "why", handOver.why().name(), "at", handOver.at()));
        json.put("shared", step.shared());
        json.put("violations", violations(step.violations()));
        return json;
    }

    private static List<Map<String, @Nullable Object>> violations(List<Violation> violations) {
        return violations.stream().map(TraceJson::violation).toList();
    }

    private static Map<String, @Nullable Object> violation(Violation violation) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("invariant", violation.invariant().name());
        json.put("message", violation.message());
        json.put("task", violation.task() == null ? null : violation.task().toString());
        return json;
    }
}
