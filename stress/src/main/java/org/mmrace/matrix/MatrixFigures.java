package org.mmrace.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mmrace.figure.Curve;
import org.mmrace.figure.SurvivalFigure;
import org.mmrace.statistics.Observation;

/** Survival curves of the strategies in a matrix: executions until the first violation. */
final class MatrixFigures {
    /** Over all faults. */
    static final String ALL = "survival.svg";

    private static final String UNIT = "executions";

    private MatrixFigures() {}

    /** Where that of a fault is, relative to the other files. */
    static String of(MatrixTable.Row row) {
        return "survival/" + row.fault().id() + ".svg";
    }

    /** The figures by where they belong; none when no strategy was measured. */
    static Map<String, String> of(MatrixTable table) {
        List<String> caption = List.of("At most " + Amounts.time(table.time().dividedBy(table.strategySeeds()))
                + " for each attempt; seeds 1 to " + table.strategySeeds() + ".");
        Map<String, String> figures = new LinkedHashMap<>();
        Map<String, List<Observation>> pooled = new LinkedHashMap<>();
        for (MatrixTable.Row row : table.rows()) {
            Map<String, List<Observation>> own = new LinkedHashMap<>();
            measured(table, row).forEach(i -> {
                String name = table.columns().get(i).name();
                List<Observation> observations = row.found().get(i).runObservations();
                own.put(name, observations);
                pooled.computeIfAbsent(name, key -> new ArrayList<>()).addAll(observations);
            });
            if (!own.isEmpty()) {
                String title = row.fault().id() + ": " + row.fault().title();
                figures.put(of(row), SurvivalFigure.of(title, UNIT, curves(own), caption));
            }
        }
        if (!pooled.isEmpty()) {
            String title = "all attempts at all " + table.rows().size() + " faults";
            figures.put(ALL, SurvivalFigure.of(title, UNIT, curves(pooled), caption));
        }
        return figures;
    }

    private static List<Integer> measured(MatrixTable table, MatrixTable.Row row) {
        return IntStream.range(0, table.columns().size())
                .filter(i -> table.columns().get(i).strategy()
                        && !row.found().get(i).trials().isEmpty())
                .boxed()
                .toList();
    }

    private static List<Curve> curves(Map<String, List<Observation>> byName) {
        List<Curve> curves = new ArrayList<>();
        byName.forEach((name, observations) -> curves.add(new Curve(name, observations)));
        return curves;
    }
}
