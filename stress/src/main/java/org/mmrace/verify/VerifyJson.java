package org.mmrace.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A report for programs. */
public final class VerifyJson {
    private static final int SCHEMA = 1;

    private VerifyJson() {}

    /** The report as one JSON object on one line. */
    public static String of(VerifyReport report) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("checker", report.plan().checker().term());
        json.put("choice", report.plan().choice());
        json.put("planned", report.plan().tests().size());
        json.put("ran", report.ran());
        json.put("elapsedMillis", report.elapsed().toMillis());
        json.put("interrupted", report.interrupted());
        VerifyReport.Broken broken = report.broken();
        json.put("broken", broken == null ? null : broken.reason());
        json.put("lastLines", broken == null ? List.of() : broken.lastLines());
        Map<String, Long> verdicts = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(verdict.name(), report.count(verdict));
        }
        json.put("verdicts", verdicts);
        List<Map<String, Object>> tests = new ArrayList<>();
        report.tests().forEach(test -> tests.add(test(test)));
        json.put("tests", tests);
        return JsonMapper.builder().build().writeValueAsString(json);
    }

    private static Map<String, Object> test(TestReport test) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", test.name());
        json.put("verdict", test.verdict().name());
        json.put("millis", test.time().toMillis());
        List<Map<String, Object>> outcomes = new ArrayList<>();
        for (Outcome outcome : test.outcomes()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("id", outcome.id());
            entry.put("count", outcome.count());
            entry.put("expectation", outcome.expectation().name());
            entry.put("description", outcome.description());
            outcomes.add(entry);
        }
        json.put("outcomes", outcomes);
        json.put("details", test.details());
        return json;
    }
}
