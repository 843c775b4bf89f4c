package org.mmrace.matrix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mmrace.fault.Fault;

/**
 * What a matrix measures. Two runs with the same one may share a directory: the second goes on where the first ended.
 *
 * @param faults the rows
 * @param checkers the names of the columns
 * @param time how long each cell may look, over all its seeds
 * @param seeds how many seeds each cell tries at most
 * @param out the directory of its files
 */
public record MatrixConfig(List<Fault> faults, List<String> checkers, Duration time, int seeds, Path out) {
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
        if (seeds < 1) {
            throw new IllegalArgumentException("a cell needs at least one seed, not " + seeds);
        }
    }
}
