package org.mmrace.matrix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mmrace.fault.Fault;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a matrix measures. Two runs with the same one may share a directory: the second goes on where the first ended.
 *
 * @param faults the rows
 * @param checkers the names of the columns
 * @param time how long each cell may look, over all its seeds
 * @param seeds how many seeds each cell tries at most
 * @param strategySeeds the same, for cells of strategies of the explorer
 * @param out the directory of its files
 */
public record MatrixConfig(
        List<Fault> faults, List<String> checkers, Duration time, int seeds, int strategySeeds, Path out) {
    private static final int SCHEMA = 2;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when there is nothing to measure
     */
    public MatrixConfig {
        faults = List.copyOf(faults);
        checkers = List.copyOf(checkers);
        if (faults.isEmpty() || checkers.isEmpty()) {
            throw new IllegalArgumentException("a matrix needs a fault and a checker");
        }
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("the time per cell must be more than 0");
        }
        if (seeds < 1 || strategySeeds < 1) {
            throw new IllegalArgumentException("a cell needs at least one seed, not " + Math.min(seeds, strategySeeds));
        }
    }

    /** How many attempts the cells of a checker get at most. */
    int attempts(FaultChecker checker, boolean on) {
        return !on || !checker.seeded() ? 1 : checker.isStrategy() ? strategySeeds : seeds;
    }

    /** The log of the measurements. */
    Path log() {
        return out.resolve("matrix.ndjson");
    }

    /** The first line of the log, by which another matrix is told apart. */
    String header() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("timeMillis", time.toMillis());
        json.put("seeds", seeds);
        json.put("strategySeeds", strategySeeds);
        json.put("checkers", checkers);
        json.put("faults", faults.stream().map(Fault::id).toList());
        return JsonMapper.builder().build().writeValueAsString(json);
    }
}
