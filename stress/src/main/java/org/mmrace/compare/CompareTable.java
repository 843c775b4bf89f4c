package org.mmrace.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.matrix.Trial;
import org.mmrace.statistics.Holm;
import org.mmrace.statistics.LogRank;
import org.mmrace.statistics.Observation;
import org.mmrace.statistics.PairedLogs;
import org.mmrace.statistics.VarghaDelaney;

/**
 * What was measured, and what it says.
 *
 * @param config what was asked for
 * @param rows one for each fault that was measured completely
 * @param totals one for each strategy
 * @param unfinished the faults of which attempts are missing
 */
public record CompareTable(CompareConfig config, List<Row> rows, List<Total> totals, List<Fault> unfinished) {
    /** Copies the lists. */
    public CompareTable {
        rows = List.copyOf(rows);
        totals = List.copyOf(totals);
        unfinished = List.copyOf(unfinished);
    }

    /**
     * A fault.
     *
     * @param cells one for each strategy
     */
    public record Row(Fault fault, List<Cell> cells) {
        /** Copies the list. */
        public Row {
            cells = List.copyOf(cells);
        }

        /** That of a strategy. */
        Cell cell(String strategy) {
            return cells.stream()
                    .filter(cell -> cell.strategy().equals(strategy))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * A strategy at a fault.
     *
     * @param trials all of them
     * @param test against the baseline, in executions; null for the baseline itself, and where one of the two has one
     *     observation only
     */
    public record Cell(
            String strategy, List<Trial> trials, @Nullable Test test) {
        /** Copies the list. */
        public Cell {
            trials = List.copyOf(trials);
        }

        /** How many attempts found it. */
        public int found() {
            return (int) trials.stream().filter(Trial::caught).count();
        }

        /** Executions until it was found. */
        public List<Observation> executions() {
            return observations(Trial::runs);
        }

        /** Milliseconds until it was found. */
        public List<Observation> millis() {
            return observations(trial -> trial.time().toNanos() / 1e6);
        }

        private List<Observation> observations(ToDoubleFunction<Trial> length) {
            return trials.stream()
                    .map(trial -> new Observation(length.applyAsDouble(trial), trial.caught()))
                    .toList();
        }

        /** Executions that an attempt takes on average, until it finds something or has used its budget. */
        public double meanExecutions() {
            return executions().stream()
                    .mapToDouble(Observation::time)
                    .average()
                    .orElse(0);
        }

        /** Milliseconds that an attempt takes on average, until it finds something or has used its budget. */
        public double meanMillis() {
            return millis().stream().mapToDouble(Observation::time).average().orElse(0);
        }
    }

    /**
     * A strategy against the baseline, at one fault.
     *
     * @param logRank the two-sample log-rank test
     * @param holm its p, corrected for all tests of the table
     * @param a12 how likely an attempt of the strategy takes more executions than one of the baseline
     */
    public record Test(LogRank logRank, double holm, double a12) {}

    /**
     * A strategy over all faults.
     *
     * @param found attempts that found it, over all faults
     * @param attempts of how many
     * @param always at how many faults every attempt found it
     * @param never at how many faults none did
     * @param executions against the baseline, mean executions per attempt at each fault; null for the baseline
     * @param millis the same, mean milliseconds
     * @param holm the p of {@code executions}, corrected for all strategies
     */
    public record Total(
            String strategy,
            int found,
            int attempts,
            int always,
            int never,
            @Nullable PairedLogs executions,
            @Nullable PairedLogs millis,
            double holm) {}

    static CompareTable of(CompareConfig config, List<Trial> trials) {
        List<Row> plain = new ArrayList<>();
        List<Fault> unfinished = new ArrayList<>();
        for (Fault fault : config.faults()) {
            List<Cell> cells = config.strategies().stream()
                    .map(strategy -> new Cell(strategy, select(trials, fault, strategy), null))
                    .toList();
            if (cells.stream().allMatch(cell -> cell.trials().size() == config.attempts(cell.strategy()))) {
                plain.add(new Row(fault, cells));
            } else {
                unfinished.add(fault);
            }
        }
        List<Row> rows = tested(config, plain);
        return new CompareTable(config, rows, totals(config, rows), unfinished);
    }

    private static List<Trial> select(List<Trial> trials, Fault fault, String strategy) {
        return trials.stream()
                .filter(trial -> trial.fault() == fault && trial.checker().equals(strategy))
                .toList();
    }

    private static List<Row> tested(CompareConfig config, List<Row> rows) {
        List<LogRank> tests = new ArrayList<>();
        for (Row row : rows) {
            Cell baseline = row.cell(config.baseline());
            row.cells().stream()
                    .filter(cell -> isTested(cell, baseline))
                    .forEach(cell -> tests.add(LogRank.of(cell.executions(), baseline.executions())));
        }
        List<Double> corrected = Holm.adjust(tests.stream().map(LogRank::p).toList());
        List<Row> tested = new ArrayList<>();
        int next = 0;
        for (Row row : rows) {
            Cell baseline = row.cell(config.baseline());
            List<Cell> cells = new ArrayList<>();
            for (Cell cell : row.cells()) {
                Test test = null;
                if (isTested(cell, baseline)) {
                    double a12 = VarghaDelaney.a12(cell.executions(), baseline.executions());
                    test = new Test(tests.get(next), corrected.get(next), a12);
                    next++;
                }
                cells.add(new Cell(cell.strategy(), cell.trials(), test));
            }
            tested.add(new Row(row.fault(), cells));
        }
        return tested;
    }

    private static boolean isTested(Cell cell, Cell baseline) {
        boolean another = !cell.strategy().equals(baseline.strategy());
        return another && cell.trials().size() > 1 && baseline.trials().size() > 1;
    }

    private static List<Total> totals(CompareConfig config, List<Row> rows) {
        List<Total> plain = new ArrayList<>();
        for (String strategy : config.strategies()) {
            List<Cell> cells = rows.stream().map(row -> row.cell(strategy)).toList();
            int found = cells.stream().mapToInt(Cell::found).sum();
            int attempts = cells.stream().mapToInt(cell -> cell.trials().size()).sum();
            int always = (int) cells.stream()
                    .filter(cell -> cell.found() == cell.trials().size())
                    .count();
            int never = (int) cells.stream().filter(cell -> cell.found() == 0).count();
            boolean paired = !strategy.equals(config.baseline()) && !rows.isEmpty();
            List<Cell> others =
                    rows.stream().map(row -> row.cell(config.baseline())).toList();
            plain.add(new Total(
                    strategy,
                    found,
                    attempts,
                    always,
                    never,
                    paired ? paired(cells, others, Cell::meanExecutions) : null,
                    paired ? paired(cells, others, Cell::meanMillis) : null,
                    1));
        }
        return corrected(plain);
    }

    private static PairedLogs paired(List<Cell> cells, List<Cell> others, ToDoubleFunction<Cell> mean) {
        return PairedLogs.of(
                cells.stream().map(mean::applyAsDouble).toList(),
                others.stream().map(mean::applyAsDouble).toList());
    }

    private static List<Total> corrected(List<Total> plain) {
        List<Double> ps = new ArrayList<>();
        for (Total total : plain) {
            if (total.executions() != null) {
                ps.add(total.executions().p());
            }
        }
        List<Double> holm = Holm.adjust(ps);
        List<Total> corrected = new ArrayList<>();
        int next = 0;
        for (Total total : plain) {
            double p = total.executions() == null ? 1 : holm.get(next++);
            corrected.add(new Total(
                    total.strategy(),
                    total.found(),
                    total.attempts(),
                    total.always(),
                    total.never(),
                    total.executions(),
                    total.millis(),
                    p));
        }
        return corrected;
    }

    /** All attempts of a strategy at all faults of the table, as one curve of executions. */
    List<Observation> pooled(String strategy, boolean time) {
        return rows.stream()
                .map(row -> row.cell(strategy))
                .flatMap(cell -> (time ? cell.millis() : cell.executions()).stream())
                .toList();
    }
}
