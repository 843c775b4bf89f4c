package org.mmrace.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Minimised;
import org.mmrace.explore.minimise.Minimiser;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.ScriptedInterleaving;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.explore.trace.Trace;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/** Small, and still the same failure. */
class MinimiserTest {
    private static final long BUDGET = 3_000;
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    private static Symptom symptom(ControlledRun run, Scenario scenario) {
        return Symptom.of(run, scenario.violates()).orElseThrow();
    }

    private static Minimised minimised(Scenario scenario) {
        return POOL.drive(() -> {
            ControlledRun found = Runs.found(POOL, scenario);
            return new Minimiser(POOL, BUDGET)
                    .minimise(scenario, scenario.config(true), found.ending().schedule(), symptom(found, scenario));
        });
    }

    /** A bounded search of its own says how many preemptions it takes. */
    private static int fewest(Scenario scenario, Symptom symptom, int most) {
        for (int bound = 0; bound <= most; bound++) {
            DepthFirst search = DepthFirst.withPreemptions(bound);
            boolean more = true;
            while (more) {
                if (symptom.isShownBy(ControlledRun.of(scenario, scenario.config(true), POOL, search))) {
                    return search.preemptions();
                }
                more = search.end();
            }
        }
        return most + 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"B16a", "B17", "B42", "B45", "B50", "B70"})
    void noScheduleHasFewerPreemptions(String name) {
        Minimised small = minimised(Runs.scenario(name));
        Symptom symptom = symptom(small.run(), small.scenario());
        assertThat(small.minimal()).isTrue();
        assertThat(small.preemptions())
                .isEqualTo(POOL.drive(() -> fewest(small.scenario(), symptom, small.preemptions())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"B42", "B45", "B16c"})
    void whatIsLeftIsAScenarioThatFailsInTheSameWay(String name) throws MalformedScenarioException {
        Scenario scenario = Runs.scenario(name);
        Minimised small = minimised(scenario);
        Symptom symptom = symptom(small.run(), small.scenario());
        Trace trace = POOL.drive(() -> Trace.of(small.scenario(), small.config(), POOL, new Replay(small.schedule())));
        assertThat(symptom.isShownBy(trace.run())).isTrue();
        assertThat(trace.preemptions()).isEqualTo(small.preemptions());
        FailureReplay replay = FailureReplay.of(
                ScenarioReader.parseFailure(
                        "x.fail", Failure.of(trace, symptom, "portfolio", 7).text("1")),
                "1");
        assertThat(replay.difference(POOL.drive(() -> replay.run(POOL)))).isEmpty();
    }

    /** Whoever runs the file without a look at the schedule sees the same. */
    @ParameterizedTest
    @ValueSource(strings = {"B16a", "B42", "B44", "B70"})
    void theInterleavingInKernelWordsLeadsToTheSame(String name) throws MalformedScenarioException {
        Scenario scenario = Runs.scenario(name);
        Failure failure = POOL.drive(() -> {
            ControlledRun found = Runs.found(POOL, scenario);
            Trace trace = Trace.of(
                    scenario,
                    scenario.config(true),
                    POOL,
                    new Replay(found.ending().schedule()));
            return Failure.of(trace, Runs.symptom(trace), "portfolio", 7).inWords(trace, POOL);
        });
        Scenario read = ScenarioReader.parse("x.fail", failure.text("1"));
        assertThat(read.interleaving()).isNotEmpty();
        ControlledRun scripted = POOL.drive(
                () -> ControlledRun.of(read, read.config(true), POOL, new ScriptedInterleaving(read.interleaving())));
        assertThat(failure.symptom().isShownBy(scripted)).isTrue();
    }

    @Test
    void operationsThatAreNotNeededAreLeftOut() {
        Minimised small = minimised(Runs.scenario("B45"));
        assertThat(small.before().operations()).isEqualTo(3);
        assertThat(small.operations()).isEqualTo(1);
        assertThat(small.scenario().tasks()).hasSize(1);
        assertThat(small.toString()).startsWith("tasks 2 -> 1, operations 3 -> 1, preemptions 3 -> 0 (the fewest), ");
    }

    /** Without put_page the hole punch of the setup would wait for ever: that is no smaller scenario. */
    @Test
    void aSetupThatWouldWaitForEverIsNotTried() throws MalformedScenarioException {
        Scenario scenario = ScenarioReader.parse("x.scn", """
                scenario x
                fault B67
                file F dax pages=1
                process P
                process Q
                vma V in P file=F shared rw pages=1
                vma W in Q file=F shared r pages=1
                setup
                  store V[0] 1
                  p = get_user_pages V[0] FOLL_WRITE
                  put_page p
                  punch_hole F[0]
                task writer in P
                  store V[0] 7
                task reader in Q
                  load W[0]
                violates I27
                """);
        Minimised small = minimised(scenario);
        assertThat(small.run().verdict().broken()).contains("I27");
        assertThat(small.around()).isLessThan(4);
    }

    @Test
    void theSameInputGivesTheSameResult() {
        Scenario scenario = Runs.scenario("B42");
        Minimised first = minimised(scenario);
        Minimised again = minimised(scenario);
        assertThat(again.toString()).isEqualTo(first.toString());
        assertThat(again.schedule()).isEqualTo(first.schedule());
        assertThat(again.scenario()).isEqualTo(first.scenario());
    }

    @Test
    void aRunThatDoesNotFailCannotBeMadeSmaller() {
        Scenario scenario = Runs.scenario("B70");
        ControlledRun clean =
                POOL.drive(() -> ControlledRun.of(scenario, scenario.config(true), POOL, new OneAfterAnother()));
        assertThatThrownBy(() -> POOL.drive(() -> new Minimiser(POOL, BUDGET)
                        .minimise(
                                scenario, scenario.config(true), clean.ending().schedule(), new Symptom("I11"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not show I11");
    }
}
