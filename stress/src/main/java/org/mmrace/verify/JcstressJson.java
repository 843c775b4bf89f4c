package org.mmrace.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON Lines of {@code org.mmrace.jcstress.report}; what is not JSON on them is talk of the JVM. */
final class JcstressJson {
    private static final Map<String, Expectation> EXPECTATIONS = Map.of(
            "ACCEPTABLE", Expectation.ACCEPTABLE,
            "ACCEPTABLE_INTERESTING", Expectation.INTERESTING,
            "FORBIDDEN", Expectation.FORBIDDEN);

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final List<PlannedTest> tests = new ArrayList<>();
    private final List<JcstressResult> results = new ArrayList<>();
    private @Nullable String unread;

    /** The next line. */
    void line(String line) {
        if (!line.startsWith("{")) {
            return;
        }
        JsonNode json;
        try {
            json = mapper.readTree(line);
        } catch (JacksonException e) {
            unread = "not JSON: " + line;
            return;
        }
        if (json.has("unread")) {
            unread = json.get("unread").asString();
        } else if (json.has("actors")) {
            String name = json.get("test").asString();
            tests.add(new PlannedTest(
                    name,
                    name,
                    json.get("actors").asInt(),
                    json.get("interesting").asBoolean()));
        } else {
            results.add(result(json));
        }
    }

    private static JcstressResult result(JsonNode json) {
        List<Outcome> outcomes = new ArrayList<>();
        json.get("outcomes")
                .forEach(outcome -> outcomes.add(new Outcome(
                        outcome.get("id").asString(),
                        outcome.get("count").asLong(),
                        EXPECTATIONS.getOrDefault(outcome.get("expect").asString(), Expectation.UNKNOWN),
                        outcome.get("description").asString())));
        List<String> messages = new ArrayList<>();
        json.get("messages").forEach(message -> messages.add(message.asString()));
        return new JcstressResult(
                json.get("test").asString(), json.get("status").asString(), outcomes, messages);
    }

    List<PlannedTest> tests() {
        return tests;
    }

    List<JcstressResult> results() {
        return results;
    }

    /** What kept the rest of the file from being read; null when nothing did. */
    @Nullable
    String unread() {
        return unread;
    }
}
