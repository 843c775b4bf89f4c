package org.mmrace.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mmrace.explore.Ending;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Plan;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.dpor.OptimalDpor;
import org.mmrace.explore.dpor.SourceDpor;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.ScenarioSubject;
import org.mmrace.explore.strategy.Pct;
import org.mmrace.explore.strategy.Pos;
import org.mmrace.explore.strategy.PreemptionBounded;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/** All traces of a scenario, with its monitors, are all that can happen. */
class ProofTest {
    private static final boolean WEEKLY = System.getProperty("budget", "quick").equals("weekly");
    private static final int EACH = WEEKLY ? 10_000 : 150;
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    /** What somebody who runs it can tell apart. */
    private record Seen(Set<String> broken, Map<String, String> results, Ending.How how) {
        static Seen of(ControlledRun run) {
            return new Seen(
                    new TreeSet<>(run.verdict().broken()),
                    run.verdict().results(),
                    run.ending().how());
        }
    }

    private static boolean show(Scenario scenario, boolean faulty, Strategy strategy, long most, Set<Seen> seen) {
        Explorer<ControlledRun> explorer =
                new Explorer<>(new ScenarioSubject(scenario, scenario.config(faulty)), POOL, run -> false);
        return explorer.run(strategy, Plan.of(most), (number, ending, run, bad) -> {
                    if (ending.how() != Ending.How.REDUNDANT) {
                        seen.add(Seen.of(run));
                    }
                })
                .complete();
    }

    @ParameterizedTest
    @CsvSource({
        "B16, true",
        "B16a, true",
        "B17, true",
        "B21, true",
        "B25, true",
        "B25, false",
        "B70, true",
        "B70, false",
        "S01, false",
        "S03, false",
        "S04, false",
        "S13, false"
    })
    void noExecutionComesToAnEndThatTheProofHasNotSeen(String name, boolean faulty) throws Exception {
        Scenario scenario = ScenarioReader.read(Path.of("../scenarios", name + ".scn"));
        Set<Seen> proof = new HashSet<>();
        assertThat(show(scenario, faulty, new OptimalDpor(), Long.MAX_VALUE, proof))
                .isTrue();
        Set<Seen> source = new HashSet<>();
        assertThat(show(scenario, faulty, new SourceDpor(), Long.MAX_VALUE, source))
                .isTrue();
        assertThat(source).isEqualTo(proof);
        Set<Seen> sample = new HashSet<>();
        for (Strategy strategy :
                List.of(new RandomWalk(1), new Pos(1), new Pct(3, 1), PreemptionBounded.statesUpTo(1))) {
            show(scenario, faulty, strategy, EACH, sample);
        }
        assertThat(proof).containsAll(sample);
    }
}
