package org.mmrace.matrix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mmrace.fault.Fault;

/**
 * What was measured.
 *
 * @param time how long each cell was allowed
 * @param seeds how many seeds
 * @param strategySeeds how many for strategies of the explorer
 * @param columns the checkers
 * @param rows the faults
 */
public record MatrixTable(Duration time, int seeds, int strategySeeds, List<Column> columns, List<Row> rows) {
    /** Copies the lists. */
    public MatrixTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A checker.
     *
     * @param name the head
     * @param about what it does and counts
     * @param strategy whether it is a strategy of the explorer
     */
    public record Column(String name, String about, boolean strategy) {}

    /**
     * A fault.
     *
     * @param fault which
     * @param found one for each column: what was found with the fault; without trials where the checker cannot look for
     *     it, or has not yet
     * @param faultFree what was found without it, by any checker: must not find anything
     */
    public record Row(Fault fault, List<Cell> found, Cell faultFree) {
        /** Copies the list. */
        public Row {
            found = List.copyOf(found);
        }

        /** Whether every checker that can look for it has done so, with it and without it. */
        public boolean measured() {
            return faultFree.measured() && found.stream().allMatch(Cell::measured);
        }

        /** Whether there is a checker that can look for it, and all of them have. */
        boolean looked() {
            return measured() && faultFree.wanted() > 0;
        }

        /** Whether any checker found it by an invariant that the catalogue names. */
        public boolean caught() {
            return found.stream().anyMatch(Cell::caughtAsNamed);
        }
    }

    static MatrixTable of(MatrixConfig config, List<FaultChecker> checkers, List<Trial> trials) {
        List<Row> rows = new ArrayList<>();
        for (Fault fault : config.faults()) {
            List<Cell> found = new ArrayList<>();
            for (FaultChecker checker : checkers) {
                List<Trial> own = trials.stream()
                        .filter(trial -> trial.fault() == fault
                                && trial.on()
                                && trial.checker().equals(checker.name()))
                        .toList();
                found.add(new Cell(checker.covers(fault) ? 1 : 0, own));
            }
            List<Trial> off = trials.stream()
                    .filter(trial -> trial.fault() == fault && !trial.on())
                    .toList();
            int covering = found.stream().mapToInt(Cell::wanted).sum();
            rows.add(new Row(fault, found, new Cell(covering, off)));
        }
        List<Column> columns = checkers.stream()
                .map(checker -> new Column(checker.name(), checker.about(), checker.isStrategy()))
                .toList();
        return new MatrixTable(config.time(), config.seeds(), config.strategySeeds(), columns, rows);
    }

    /** The faults that no checker found by an invariant that the catalogue names, although all have looked. */
    public List<Fault> survivors() {
        return rows.stream()
                .filter(row -> row.looked() && !row.caught())
                .map(Row::fault)
                .toList();
    }

    /** The faults whose checkers found something although the fault was off. */
    public List<Fault> falseAlarms() {
        return rows.stream()
                .filter(row -> row.faultFree().caught() > 0)
                .map(Row::fault)
                .toList();
    }

    /** The faults of which measurements are missing: the run was interrupted. */
    public List<Fault> unfinished() {
        return rows.stream().filter(row -> !row.measured()).map(Row::fault).toList();
    }

    /** How many cells were measured at all. */
    public long measured() {
        return rows.stream()
                .flatMap(row -> row.found().stream())
                .filter(cell -> !cell.trials().isEmpty())
                .count();
    }
}
