package org.mmrace.hunt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Violation;
import org.mmrace.explore.Ending;
import org.mmrace.explore.TraceCounts;
import org.mmrace.explore.minimise.Minimised;
import org.mmrace.fault.Knobs;
import org.mmrace.script.Verdict;
import tools.jackson.databind.json.JsonMapper;

/** A result for programs: one JSON object on one line for each scenario. */
public final class HuntJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private HuntJson() {}

    /**
     * The whole result.
     *
     * @param failure what was found, null if nothing was
     */
    public static String of(HuntResult result, @Nullable HuntFailure failure) {
        Map<String, @Nullable Object> json = start("result", result.request());
        json.put("executions", result.executions());
        json.put("steps", result.steps());
        json.put("elapsedMillis", result.elapsed().toMillis());
        json.put("complete", result.complete());
        json.put("interrupted", result.interrupted());
        json.put("proved", result.found() == null ? result.proved() : null);
        json.put("traces", traces(result));
        json.put("asExpected", result.isUndecided() ? null : result.asExpected());
        HuntResult.Found found = result.found();
        json.put("found", found == null ? null : found(found));
        json.put("dataRaces", texts(result.watched().dataRaces()));
        json.put("potentialDeadlocks", texts(result.watched().potentialDeadlocks()));
        json.put("minimised", failure == null ? null : minimised(failure));
        json.put("file", failure == null ? null : failure.file().toString());
        json.put("raceFile", failure == null ? null : raceFile(failure));
        return JSON.writeValueAsString(json);
    }

    /** That something was found, before anything is made smaller. */
    static String found(HuntFailure failure) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("t", "found");
        json.put("scenario", failure.result().request().scenario().name());
        json.put("executions", failure.result().executions());
        json.put("elapsedMillis", failure.result().elapsed().toMillis());
        json.put("file", failure.file().toString());
        json.put("raceFile", raceFile(failure));
        return JSON.writeValueAsString(json);
    }

    private static @Nullable String raceFile(HuntFailure failure) {
        return failure.raceFile() == null ? null : failure.raceFile().toString();
    }

    private static @Nullable Map<String, Object> minimised(HuntFailure failure) {
        Minimised minimised = failure.minimised();
        if (minimised == null) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schedule", failure.schedule().toString());
        json.put("tasks", minimised.scenario().tasks().size());
        json.put("operations", minimised.operations());
        json.put("preemptions", minimised.preemptions());
        json.put("fewest", minimised.minimal());
        json.put("steps", minimised.steps());
        json.put("tries", minimised.executions());
        return json;
    }

    /** That an exploration begins. */
    static String begun(HuntRequest request) {
        return JSON.writeValueAsString(start("begun", request));
    }

    /** How it goes on. */
    static String progress(HuntRequest request, long executions, long elapsedMillis) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("t", "progress");
        json.put("scenario", request.scenario().name());
        json.put("executions", executions);
        json.put("elapsedMillis", elapsedMillis);
        return JSON.writeValueAsString(json);
    }

    private static Map<String, @Nullable Object> start(String type, HuntRequest request) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("t", type);
        json.put("scenario", request.scenario().name());
        json.put("source", request.file().toString());
        json.put("series", request.config().series().name());
        json.put("faults", request.faults());
        json.put("config", Knobs.values(request.config()));
        json.put("strategy", request.strategy().toString());
        json.put("seed", request.strategy().drawsLots() ? request.seed() : null);
        json.put("races", request.watch().races());
        json.put("lockOrder", request.watch().lockOrder());
        return json;
    }

    private static List<String> texts(List<?> all) {
        return all.stream().map(String::valueOf).toList();
    }

    /** With a proof there is a number and nothing to estimate. */
    private static @Nullable Map<String, Object> traces(HuntResult result) {
        OptionalLong proved = result.allTraces();
        if (proved.isPresent()) {
            return Map.of("distinct", proved.getAsLong());
        }
        return result.traces() == null ? null : traces(result.traces());
    }

    private static Map<String, Object> traces(TraceCounts traces) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("executions", traces.executions());
        json.put("distinct", traces.distinct());
        json.put("once", traces.once());
        json.put("twice", traces.twice());
        json.put("newTraceEstimate", traces.newTraceEstimate());
        json.put("newTraceBound", traces.newTraceBound());
        json.put("tracesAtLeast", traces.tracesAtLeast());
        return json;
    }

    private static Map<String, Object> found(HuntResult.Found found) {
        Verdict verdict = found.verdict();
        List<Map<String, @Nullable Object>> violations = new ArrayList<>();
        for (Violation violation : verdict.violations()) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("invariant", violation.invariant().name());
            json.put("message", violation.message());
            json.put("task", violation.task() == null ? null : violation.task().toString());
            violations.add(json);
        }
        Ending ending = found.run().ending();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("by", found.way());
        json.put("execution", found.execution());
        json.put("ending", ending.how().word());
        json.put("steps", ending.steps());
        json.put("schedule", ending.schedule().toString());
        json.put("violations", violations);
        json.put("failedChecks", verdict.failedChecks());
        json.put("results", verdict.results());
        json.put("grade", verdict.grade().name());
        return json;
    }
}
