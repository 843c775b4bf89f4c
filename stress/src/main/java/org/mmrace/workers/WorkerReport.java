package org.mmrace.workers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a worker is.
 *
 * @param executions how many there were
 * @param steps of all of them together
 * @param ended whether this is the last report
 * @param found what was looked for; null if nothing was found until now
 */
public record WorkerReport(
        long executions,
        long steps,
        boolean ended,
        @Nullable WorkerFind found) {
    /** Of a worker that has not begun. */
    public static final WorkerReport NOTHING = new WorkerReport(0, 0, false, null);

    private static final String TYPE = "worker";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One JSON object on one line. */
    public String toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("t", TYPE);
        json.put("executions", executions);
        json.put("steps", steps);
        json.put("ended", ended);
        json.put("found", found);
        return JSON.writeValueAsString(json);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException when {@code line} is something else
     */
    public static WorkerReport parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (!TYPE.equals(json.path("t").asString(""))) {
                throw new IllegalArgumentException("no report of a worker: " + line);
            }
            JsonNode found = json.required("found");
            return new WorkerReport(
                    json.required("executions").longValue(),
                    json.required("steps").longValue(),
                    json.required("ended").booleanValue(),
                    found.isNull() ? null : find(found));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no report of a worker: " + line, e);
        }
    }

    private static WorkerFind find(JsonNode json) {
        return new WorkerFind(
                json.required("by").stringValue(),
                json.required("execution").longValue(),
                json.required("schedule").stringValue());
    }
}
