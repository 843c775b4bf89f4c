package org.mmrace.matrix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.statistics.KaplanMeier;
import tools.jackson.databind.json.JsonMapper;

/** A matrix for programs: one JSON object. */
public final class MatrixJson {
    private static final int SCHEMA = 2;

    private MatrixJson() {}

    /** The whole table on one line. */
    public static String of(MatrixTable table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("timeMillis", table.time().toMillis());
        json.put("seeds", table.seeds());
        json.put("strategySeeds", table.strategySeeds());
        List<Map<String, Object>> checkers = new ArrayList<>();
        table.columns().forEach(column -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", column.name());
            entry.put("about", column.about());
            entry.put("strategy", column.strategy());
            checkers.add(entry);
        });
        json.put("checkers", checkers);
        json.put("faults", table.rows().stream().map(row -> row(table, row)).toList());
        json.put("survivors", table.survivors().stream().map(Fault::id).toList());
        json.put("unfinished", table.unfinished().stream().map(Fault::id).toList());
        json.put("falseAlarms", table.falseAlarms().stream().map(Fault::id).toList());
        return JsonMapper.builder().build().writeValueAsString(json);
    }

    private static Map<String, Object> row(MatrixTable table, MatrixTable.Row row) {
        Map<String, Object> cells = new LinkedHashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Cell cell = row.found().get(i);
            if (cell.wanted() > 0) {
                cells.put(table.columns().get(i).name(), cell(cell));
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.fault().id());
        json.put("title", row.fault().title());
        json.put("tasks", row.fault().tasks());
        json.put("named", row.fault().caughtBy());
        json.put("measured", row.measured());
        json.put("caught", row.caught());
        json.put("cells", cells);
        json.put("faultFree", cell(row.faultFree()));
        return json;
    }

    private static Map<String, @Nullable Object> cell(Cell cell) {
        Duration median = cell.medianTime();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("measured", cell.measured());
        json.put("trials", cell.trials().size());
        json.put("caught", cell.caught());
        json.put("caughtBy", cell.caughtBy());
        json.put("medianMicros", median == null ? null : median.toNanos() / 1000);
        json.put("medianRuns", median == null ? null : cell.medianRuns());
        json.put("quartilesMicros", cell.trials().isEmpty() ? null : quartiles(cell.times(), 1000));
        json.put("quartilesRuns", cell.trials().isEmpty() ? null : quartiles(cell.runCounts(), 1));
        json.put("censored", cell.trials().size() - cell.caught());
        json.put("totalMicros", cell.time().toNanos() / 1000);
        json.put("totalRuns", cell.runs());
        return json;
    }

    /** The first, second and third; null for those that are not known. */
    private static List<@Nullable Double> quartiles(KaplanMeier curve, double unit) {
        List<@Nullable Double> quartiles = new ArrayList<>();
        for (double p : new double[] {0.25, 0.5, 0.75}) {
            OptionalDouble quantile = curve.quantile(p);
            quartiles.add(quantile.isPresent() ? quantile.getAsDouble() / unit : null);
        }
        return quartiles;
    }
}
