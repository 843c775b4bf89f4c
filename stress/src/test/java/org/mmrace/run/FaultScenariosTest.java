package org.mmrace.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.Search;
import org.mmrace.fault.Fault;
import org.mmrace.script.Scenario;
import org.mmrace.script.Verdict;

/**
 * The proof of the catalogue: the scenario of each fault shows one of the invariants that it names when the fault is
 * on, and with the fault off the same runs and others show nothing at all. The table of what was found how is left in
 * target/fault-scenarios.txt.
 */
class FaultScenariosTest {
    private static final Path TABLE = Path.of("target/fault-scenarios.txt");
    private static final long SEED = 1;

    /** With the fault on: the rarest one needs far fewer. */
    private static final long RUNS_ON_MAX = 20_000;

    /** With the fault off. */
    private static final long RUNS_OFF = 200;

    private static final Map<String, String> ROWS = new TreeMap<>();
    private static final TaskPool POOL = new TaskPool();

    static List<Scenario> scenarios() {
        return ScenarioFiles.all().stream()
                .filter(scenario -> scenario.fault() != null)
                .toList();
    }

    @AfterAll
    static void table() throws IOException {
        POOL.close();
        StringBuilder text = new StringBuilder(
                "%-6s %-20s %10s  %-24s %s%n".formatted("fault", "found by", "executions", "shows", "schedule"));
        ROWS.values().forEach(text::append);
        Files.createDirectories(TABLE.toAbsolutePath().getParent());
        Files.writeString(TABLE, text, UTF_8);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void faultOnIsFound(Scenario scenario) {
        Search search =
                new Search(scenario, scenario.config(true), POOL, verdict -> verdict.showsOneOf(scenario.violates()));
        Optional<Search.Found> found = search.run(SEED, RUNS_ON_MAX);
        ROWS.put(scenario.name(), row(scenario, search, found));
        assertThat(found).as(scenario + " shows one of " + scenario.violates()).isPresent();
    }

    private static String row(Scenario scenario, Search search, Optional<Search.Found> found) {
        return found.map(run -> "%-6s %-20s %10d  %-24s %s%n"
                        .formatted(
                                scenario,
                                run.way(),
                                run.executions(),
                                shown(run.run().verdict()),
                                run.run().ending().schedule()))
                .orElseGet(() -> "%-6s %-20s %10d%n".formatted(scenario, "NOT FOUND", search.executions()));
    }

    private static String shown(Verdict verdict) {
        List<String> ids = verdict.violations().stream()
                .map(violation -> violation.invariant().name())
                .distinct()
                .sorted()
                .toList();
        return String.join(" ", ids) + (verdict.hasWrongResult() ? " outcome" : "");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void faultOffIsClean(Scenario scenario) {
        Search search = new Search(scenario, scenario.config(false), POOL, verdict -> !verdict.isClean());
        Optional<Search.Found> found;
        try {
            found = search.run(SEED, RUNS_OFF);
        } catch (DivergedException e) {
            // What the script tells the tasks to do may be just what the correct kernel does not let them do.
            found = search.runRandom(SEED, RUNS_OFF);
        }
        assertThat(found.map(run ->
                        run.way() + " " + run.run().verdict() + " " + run.run().ending()))
                .isEmpty();
    }

    @Test
    void everyFaultHasAScenario() {
        Set<Fault> without = EnumSet.allOf(Fault.class);
        scenarios().forEach(scenario -> without.remove(scenario.fault()));
        assertThat(without).as("faults without a scenario").isEmpty();
    }
}
