package org.mmrace.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.explore.Ending;
import org.mmrace.explore.Limits;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.Search;
import org.mmrace.explore.strategy.Portfolio;
import org.mmrace.script.Scenario;

/** Scenarios of no fault, under the scheduler: the kernel does nothing wrong in them, and the same every time. */
class CleanScenariosTest {
    private static final long SEED = 1;
    private static final long RUNS = 500;
    private static final TaskPool POOL = new TaskPool();

    static List<Scenario> scenarios() {
        return ScenarioFiles.all().stream()
                .filter(scenario -> scenario.fault() == null)
                .toList();
    }

    @AfterAll
    static void close() {
        POOL.close();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void isClean(Scenario scenario) {
        Search search = new Search(scenario, scenario.config(false), POOL, verdict -> !verdict.isClean());
        Optional<Search.Found> found = search.run(SEED, RUNS);
        assertThat(found.map(run -> run.way() + " " + run.run())).isEmpty();
    }

    /** Everything that a run does comes from the scenario and the seed. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void sameSeedSameSteps(Scenario scenario) {
        assertThat(steps(scenario, Portfolio.forBugs(SEED))).isEqualTo(steps(scenario, Portfolio.forBugs(SEED)));
    }

    private static List<String> steps(Scenario scenario, Strategy strategy) {
        return POOL.drive(() -> {
            List<String> steps = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                ControlledRun run = ControlledRun.of(
                        scenario,
                        scenario.config(false),
                        POOL,
                        strategy,
                        Limits.DEFAULT,
                        step -> steps.add(step.task() + " " + step));
                assertThat(run.ending().how()).isEqualTo(Ending.How.COMPLETE);
                steps.add(run.verdict().toString());
            }
            return steps;
        });
    }
}
