package org.mmrace.compare;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.fault.Fault;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is compared. Two runs with the same one may share a directory: the second goes on where the first ended.
 *
 * @param faults what is looked for
 * @param strategies the names of the strategies
 * @param baseline the one that the others are compared with, one of them
 * @param seeds how many attempts of a strategy that draws lots there are at each fault: the seeds 1, 2, 3 ...
 * @param executionsMax how many executions an attempt may have
 * @param out the directory of its files
 */
public record CompareConfig(
        List<Fault> faults, List<String> strategies, String baseline, int seeds, long executionsMax, Path out) {
    private static final int SCHEMA = 1;

    /**
     * Checks what can be.
     *
     * @throws IllegalArgumentException when there is nothing to compare
     */
    public CompareConfig {
        faults = List.copyOf(faults);
        strategies = List.copyOf(strategies);
        if (faults.isEmpty() || strategies.size() < 2) {
            throw new IllegalArgumentException("a comparison needs a fault and two strategies");
        }
        if (!strategies.contains(baseline)) {
            throw new IllegalArgumentException(
                    "the baseline " + baseline + " is not among the strategies " + String.join(", ", strategies));
        }
        if (seeds < 1 || executionsMax < 1) {
            throw new IllegalArgumentException(
                    "there must be a seed and an execution at least, not " + seeds + " and " + executionsMax);
        }
    }

    /** How many attempts a strategy gets at each fault: one if every attempt would be the same. */
    int attempts(String strategy) {
        return StrategyName.parse(strategy).drawsLots() ? seeds : 1;
    }

    /** The log of all attempts. */
    Path log() {
        return out.resolve("compare.ndjson");
    }

    /** Its first line. The baseline is not part of it: the same attempts may be read with another one. */
    String header() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("seeds", seeds);
        json.put("executions", executionsMax);
        json.put("strategies", strategies);
        json.put("faults", faults.stream().map(Fault::id).toList());
        return JsonMapper.builder().build().writeValueAsString(json);
    }
}
