package org.mmrace.conform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A report for programs. */
public final class ConformJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ConformJson() {}

    /** The report as one JSON object on one line. */
    public static String of(ConformReport report) {
        Map<String, Object> scopes = new LinkedHashMap<>();
        report.counts().forEach((scope, kernels) -> {
            Map<String, Object> entry = counted(report.of(scope));
            Map<String, Object> byKernel = new LinkedHashMap<>();
            kernels.forEach((kernel, count) -> byKernel.put(kernel, counted(count)));
            entry.put("kernels", byKernel);
            scopes.put(scope.term(), entry);
        });
        Map<String, Object> json = counted(report.total());
        json.put("different", report.total().different());
        json.put("scopes", scopes);
        List<Map<String, @Nullable Object>> differences = new ArrayList<>();
        report.differences().forEach(difference -> differences.add(entry(difference)));
        json.put("differences", differences);
        return MAPPER.writeValueAsString(json);
    }

    private static Map<String, Object> counted(ConformReport.Count count) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cases", count.cases());
        json.put("equal", count.equal());
        return json;
    }

    private static Map<String, @Nullable Object> entry(Difference difference) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", difference.id());
        json.put("kernel", difference.kernel());
        json.put("step", difference.step());
        json.put("field", difference.field());
        json.put("expected", difference.expected());
        json.put("actual", difference.actual());
        return json;
    }
}
