package org.mmrace.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.statistics.KaplanMeier;
import org.mmrace.statistics.Observation;
import org.mmrace.statistics.PairedLogs;
import tools.jackson.databind.json.JsonMapper;

/** A comparison for programs: one JSON object. The attempts themselves are in the log and in the CSV file. */
public final class CompareJson {
    private static final int SCHEMA = 1;

    private CompareJson() {}

    /** The object, on one line. */
    public static String of(CompareTable table, Manifest manifest) {
        CompareConfig config = table.config();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("manifest", manifest.json());
        json.put("seeds", config.seeds());
        json.put("executionsMax", config.executionsMax());
        json.put("baseline", config.baseline());
        json.put("strategies", table.totals().stream().map(CompareJson::total).toList());
        json.put("faults", table.rows().stream().map(CompareJson::row).toList());
        json.put("unfinished", table.unfinished().stream().map(Fault::id).toList());
        return JsonMapper.builder().build().writeValueAsString(json);
    }

    private static Map<String, @Nullable Object> total(CompareTable.Total total) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", total.strategy());
        json.put("found", total.found());
        json.put("attempts", total.attempts());
        json.put("always", total.always());
        json.put("never", total.never());
        json.put("executions", paired(total.executions()));
        json.put("millis", paired(total.millis()));
        json.put("holm", total.executions() == null ? null : total.holm());
        return json;
    }

    private static @Nullable Map<String, Object> paired(@Nullable PairedLogs logs) {
        if (logs == null) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ratio", logs.ratio());
        json.put("wins", logs.wins());
        json.put("ties", logs.ties());
        json.put("losses", logs.losses());
        json.put("p", logs.p());
        return json;
    }

    private static Map<String, Object> row(CompareTable.Row row) {
        Map<String, Object> cells = new LinkedHashMap<>();
        row.cells().forEach(cell -> cells.put(cell.strategy(), cell(cell)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.fault().id());
        json.put("title", row.fault().title());
        json.put("strategies", cells);
        return json;
    }

    private static Map<String, @Nullable Object> cell(CompareTable.Cell cell) {
        CompareTable.Test test = cell.test();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("attempts", cell.trials().size());
        json.put("found", cell.found());
        json.put("censored", cell.trials().size() - cell.found());
        json.put("quartilesExecutions", quartiles(cell.executions()));
        json.put("quartilesMillis", quartiles(cell.millis()));
        json.put("meanExecutions", cell.meanExecutions());
        json.put("meanMillis", cell.meanMillis());
        json.put("logRankChiSquared", test == null ? null : test.logRank().chiSquared());
        json.put("logRankP", test == null ? null : test.logRank().p());
        json.put("holm", test == null ? null : test.holm());
        json.put("a12", test == null ? null : test.a12());
        return json;
    }

    /** Null for those that are not known. */
    private static List<@Nullable Double> quartiles(List<Observation> observations) {
        KaplanMeier curve = KaplanMeier.of(observations);
        List<@Nullable Double> quartiles = new ArrayList<>();
        for (double p : new double[] {0.25, 0.5, 0.75}) {
            OptionalDouble quantile = curve.quantile(p);
            quartiles.add(quantile.isPresent() ? quantile.getAsDouble() : null);
        }
        return quartiles;
    }
}
