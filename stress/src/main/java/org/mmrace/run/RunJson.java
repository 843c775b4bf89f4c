package org.mmrace.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Violation;
import org.mmrace.fault.Fault;
import org.mmrace.fault.Knobs;
import org.mmrace.script.Verdict;
import tools.jackson.databind.json.JsonMapper;

/** A result for programs: one JSON object on one line for each scenario. */
public final class RunJson {
    private RunJson() {}

    /** The object. */
    public static String of(RunResult result) {
        RunRequest request = result.request();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("scenario", request.scenario().name());
        json.put("series", request.config().series().name());
        json.put(
                "faults",
                request.config().faults().stream().map(Fault::id).sorted().toList());
        json.put("threads", request.threads() ? request.scenario().tasks().size() : 0);
        json.put("seed", request.seed());
        json.put("config", Knobs.values(request.config()));
        json.put("runs", result.runs());
        json.put("elapsedMillis", result.elapsed().toMillis());
        json.put("interrupted", result.interrupted());
        json.put("diverged", result.diverged());
        json.put("outcomes", outcomes(result));
        Map<String, Long> violations = new TreeMap<>();
        result.violations().forEach((invariant, runs) -> violations.put(invariant.name(), runs));
        json.put("violationRuns", violations);
        json.put("failedCheckRuns", new TreeMap<>(result.failedChecks()));
        Verdict first = result.firstBad();
        json.put("firstBad", first == null ? null : verdict(first));
        return JsonMapper.builder().build().writeValueAsString(json);
    }

    private static List<Map<String, Object>> outcomes(RunResult result) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (RunResult.Row row : result.rows()) {
            Map<String, Object> json = new LinkedHashMap<>();
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < result.columns().size(); i++) {
                values.put(result.columns().get(i), row.values().get(i));
            }
            json.put("results", values);
            json.put("samples", row.samples());
            json.put("grade", row.grade().name());
            json.put("description", row.description());
            list.add(json);
        }
        return list;
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        List<Map<String, @Nullable Object>> violations = new ArrayList<>();
        for (Violation violation : verdict.violations()) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("invariant", violation.invariant().name());
            json.put("message", violation.message());
            json.put("task", violation.task() == null ? null : violation.task().toString());
            violations.add(json);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("violations", violations);
        json.put("failedChecks", verdict.failedChecks());
        json.put("results", verdict.results());
        json.put("grade", verdict.grade().name());
        return json;
    }
}
