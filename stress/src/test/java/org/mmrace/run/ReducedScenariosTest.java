package org.mmrace.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.Ending;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.dpor.OptimalDpor;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.script.Scenario;

/** Small scenarios with all their traces: a correct kernel does nothing wrong in any, and a fault shows in one. */
class ReducedScenariosTest {
    private static final long EXECUTIONS_MAX = 2_000;
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private static Scenario named(String name) {
        return ScenarioFiles.all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a run was not clean; null when neither that nor the end of the search was reached. */
    private static String search(Scenario scenario, boolean faulty) {
        OptimalDpor dpor = new OptimalDpor();
        return POOL.drive(() -> {
            boolean more = true;
            for (long i = 0; more && i < EXECUTIONS_MAX; i++) {
                ControlledRun run = ControlledRun.of(scenario, scenario.config(faulty), POOL, dpor);
                if (run.ending().how() != Ending.How.REDUNDANT && !run.verdict().isClean()) {
                    return "found";
                }
                more = dpor.end();
            }
            return more ? "not all" : dpor.cut() == 0 ? "clean" : "cut off";
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"S01", "S02", "S03", "S04", "S13", "S16"})
    void correctKernelIsClean(String name) {
        assertThat(search(named(name), false)).isEqualTo("clean");
    }

    /** Those that need the tasks to meet; what B68 breaks is seen by comparing what a monitor keeps of its own. */
    static Stream<String> faulty() {
        return Stream.of("B10", "B17", "B25", "B30", "B31", "B32", "B37", "B45", "B47", "B65", "B68");
    }

    @ParameterizedTest
    @MethodSource("faulty")
    void faultIsFound(String name) {
        assertThat(search(named(name), true)).isEqualTo("found");
    }
}
