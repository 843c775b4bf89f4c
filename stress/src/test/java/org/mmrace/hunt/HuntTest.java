package org.mmrace.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HuntTest {
    static final Path SCENARIOS = Path.of("../scenarios");

    /** Two tasks with few steps each, and nothing wrong. */
    private static final String SMALL = """
            scenario small
            process P
            vma V in P anon rw pages=1
            setup
              load V[0]
            task a in P
              load V[0]
            task b in P
              load V[0]
            """;

    @TempDir
    private Path dir;

    static HuntRequest request(Path file, boolean fault, String strategy, long executions)
            throws MalformedScenarioException, IOException {
        Scenario scenario = ScenarioReader.read(file);
        return new HuntRequest(
                file,
                scenario,
                scenario.config(fault),
                StrategyName.parse(strategy),
                7,
                new HuntBudget(executions, HuntBudget.UNLIMITED),
                false,
                Watch.NOTHING);
    }

    static HuntResult run(Path file, boolean fault, String strategy, long executions)
            throws MalformedScenarioException, IOException {
        return new Hunt(request(file, fault, strategy, executions), HuntListener.NONE).run();
    }

    static HuntResult.Found found(HuntResult result) {
        return Objects.requireNonNull(result.found());
    }

    @Test
    void aRaceIsFoundAndTheSameSeedFindsItAgain() throws Exception {
        HuntResult first = run(SCENARIOS.resolve("B25.scn"), true, "portfolio", 5_000);
        HuntResult again = run(SCENARIOS.resolve("B25.scn"), true, "portfolio", first.executions());
        assertThat(first.showsNamed()).isTrue();
        assertThat(first.asExpected()).isTrue();
        assertThat(found(again).run().ending().schedule())
                .isEqualTo(found(first).run().ending().schedule());
        assertThat(HuntText.of(first, null)).startsWith("VIOLATION I20: ").contains("B25: found by ");
    }

    @Test
    void whatNeedsNoRaceIsFoundWithoutLots() throws Exception {
        HuntResult result = run(SCENARIOS.resolve("B05.scn"), true, "portfolio", 1);
        assertThat(found(result).way()).isEqualTo("one after another");
        assertThat(result.executions()).isEqualTo(1);
    }

    @Test
    void fewTracesAreAProof() throws Exception {
        HuntResult result = run(SCENARIOS.resolve("S03.scn"), false, "portfolio", Long.MAX_VALUE);
        assertThat(result.complete()).isTrue();
        assertThat(HuntText.of(result, null)).startsWith("S03: all 3 traces, complete, no violation");
        assertThat(HuntJson.of(result, null)).contains("\"traces\":{\"distinct\":3}");
    }

    @Test
    void theOnlyTraceIsAProofAndCounted() throws Exception {
        HuntResult result = run(SCENARIOS.resolve("B01.scn"), false, "optimal", Long.MAX_VALUE);
        assertThat(HuntText.of(result, null)).startsWith("B01: the only trace, complete, no violation");
        assertThat(HuntJson.of(result, null)).contains("\"traces\":{\"distinct\":1}");
    }

    @Test
    void whatTakesFewPreemptionsIsFoundBeforeLots() throws Exception {
        HuntResult result = run(SCENARIOS.resolve("B53.scn"), true, "portfolio", 1_000);
        assertThat(found(result).way()).isEqualTo("states:1");
        assertThat(found(result).execution()).isEqualTo(result.executions());
    }

    @Test
    void aBudgetOfExecutionsHasAPartForLots() throws Exception {
        HuntResult result = run(SCENARIOS.resolve("S06.scn"), false, "portfolio", 100);
        assertThat(result.executions()).isEqualTo(100);
        HuntResult more = run(SCENARIOS.resolve("S06.scn"), false, "portfolio", 1_600);
        assertThat(more.executions()).isEqualTo(1_600);
        assertThat(Objects.requireNonNull(more.traces()).executions()).isEqualTo(480);
    }

    /** From the usual beginning it is behind some 6,000 traces. */
    @Test
    void whatOneBeginningHidesIsFoundFromAnotherOne() throws Exception {
        HuntResult result = run(SCENARIOS.resolve("B57.scn"), true, "portfolio", 3_000);
        assertThat(result.showsNamed()).isTrue();
        assertThat(found(result).way()).isEqualTo("optimal:1");
        HuntResult alone = run(SCENARIOS.resolve("B57.scn"), true, "optimal:1", 100);
        assertThat(found(alone).run().ending().schedule())
                .isEqualTo(found(result).run().ending().schedule());
    }

    /** A fault that is retried until another task has dropped its lock would be retried for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"states:1", "pb:1"})
    void aLoopThatWaitsForATaskThatIsNotLetGoIsNoFinding(String strategy) throws Exception {
        HuntResult result = run(SCENARIOS.resolve("S07.scn"), false, strategy, 300);
        assertThat(result.found()).isNull();
    }

    @Test
    void aFaultThatIsASettingOfTheKernelIsOnAsWell() throws Exception {
        HuntRequest on = request(SCENARIOS.resolve("B04.scn"), true, "portfolio", 1);
        HuntRequest off = request(SCENARIOS.resolve("B04.scn"), false, "portfolio", 1);
        assertThat(on.faultIsOn()).isTrue();
        assertThat(on.faults()).containsExactly("B04");
        assertThat(off.faultIsOn()).isFalse();
        assertThat(off.faults()).isEmpty();
    }

    @Test
    void whatIsNotFoundIsNotAsExpected() throws Exception {
        HuntResult result = run(SCENARIOS.resolve("B57.scn"), true, "random", 3);
        assertThat(result.found()).isNull();
        assertThat(result.asExpected()).isFalse();
        assertThat(HuntText.of(result, null)).endsWith("nothing of what the scenario names was found: I31\n");
    }

    @Test
    void aBudgetOfExecutionsIsSpentAndSaidWithWhatItMeans() throws Exception {
        HuntResult result = run(SCENARIOS.resolve("S01.scn"), false, "random", 30);
        assertThat(result.executions()).isEqualTo(30);
        assertThat(result.complete()).isFalse();
        assertThat(HuntText.of(result, null))
                .startsWith("S01: 30 executions, no violation; probability that the next one shows one <= 10 %")
                .contains("traces seen");
    }

    @Test
    void aStrategyWithAnEndComesToIt() throws Exception {
        Path file = Files.writeString(dir.resolve("small.scn"), SMALL);
        HuntResult result = run(file, false, "pb:1", Long.MAX_VALUE);
        assertThat(result.complete()).isTrue();
        assertThat(result.executions()).isGreaterThan(2);
        assertThat(HuntText.of(result, null)).contains("small: all ", "complete, no violation");
    }

    /** Round robin comes to an end, which is no proof; a bound is one, as far as it goes. */
    @Test
    void onlyWhatIsProvedIsCalledComplete() throws Exception {
        HuntResult few = run(SCENARIOS.resolve("S03.scn"), false, "rr", Long.MAX_VALUE);
        assertThat(few.complete()).isFalse();
        assertThat(HuntText.of(few, null))
                .startsWith(
                        "S03: " + few.executions() + " executions, no violation; says nothing about other schedules\n");
        HuntResult bounded = run(SCENARIOS.resolve("S03.scn"), false, "pb:0", Long.MAX_VALUE);
        HuntResult all = run(SCENARIOS.resolve("S03.scn"), false, "optimal", Long.MAX_VALUE);
        assertThat(HuntTable.of(List.of(few, bounded, all)).lines().skip(1).limit(3))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("  clean so far"),
                        line -> assertThat(line).endsWith("  clean within its bound"),
                        line -> assertThat(line).endsWith("  clean, complete"));
    }

    @Test
    void whoBeginsLateEndsWithTheOthers() throws Exception {
        HuntRequest unlimited = request(SCENARIOS.resolve("S01.scn"), false, "random", 11);
        assertThat(unlimited.late(Duration.ofSeconds(3))).isEqualTo(unlimited);
        HuntRequest timed = new HuntRequest(
                unlimited.file(),
                unlimited.scenario(),
                unlimited.config(),
                unlimited.strategy(),
                unlimited.seed(),
                new HuntBudget(11, Duration.ofSeconds(10)),
                true,
                Watch.NOTHING);
        assertThat(timed.late(Duration.ofSeconds(3)).budget()).isEqualTo(new HuntBudget(11, Duration.ofSeconds(7)));
        assertThat(timed.late(Duration.ofSeconds(13)).budget().time()).isZero();
    }

    @Test
    void anInterruptedHuntSaysSo() throws Exception {
        Hunt hunt = new Hunt(request(SCENARIOS.resolve("S01.scn"), false, "random", 100), HuntListener.NONE);
        hunt.interrupt();
        HuntResult result = hunt.run();
        assertThat(result.interrupted()).isTrue();
        assertThat(result.executions()).isEqualTo(1);
    }

    @Test
    void anInterruptedScenarioIsNeitherAsItMustBeNorNot() throws Exception {
        Hunt clean = new Hunt(request(SCENARIOS.resolve("S01.scn"), false, "random", 100), HuntListener.NONE);
        Hunt buggy = new Hunt(request(SCENARIOS.resolve("B57.scn"), true, "random", 100), HuntListener.NONE);
        clean.interrupt();
        buggy.interrupt();
        List<HuntResult> results = List.of(clean.run(), buggy.run());
        assertThat(HuntTable.of(results).lines())
                .anyMatch(line -> line.startsWith("S01") && line.endsWith("  interrupted"))
                .anyMatch(line -> line.startsWith("B57") && line.endsWith("  interrupted"))
                .last()
                .isEqualTo("2 scenarios: 0 as they must be, 0 not, 2 interrupted");
        assertThat(HuntJson.of(results.get(0), null)).contains("\"asExpected\":null");
    }

    @Test
    void theSummaryHasALineForEachAndCountsTheUnexpected() throws Exception {
        HuntResult found = run(SCENARIOS.resolve("B05.scn"), true, "portfolio", 1);
        HuntResult missed = run(SCENARIOS.resolve("B57.scn"), true, "random", 3);
        assertThat(HuntTable.of(List.of(found, missed)).lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("B05") && line.endsWith("found I01 outcome by one after another"))
                .anyMatch(line -> line.startsWith("B57") && line.endsWith("clean so far  NOT FOUND: I31"))
                .last()
                .isEqualTo("2 scenarios: 1 as they must be, 1 not");
    }

    @Test
    void theLogHasWhatWasFoundAtOnce() throws Exception {
        HuntResult result = run(SCENARIOS.resolve("B25.scn"), true, "portfolio", 5_000);
        try (HuntFiles files = HuntFiles.in(dir.resolve("out"))) {
            files.begun(result.request());
            files.progress(result.request(), 1, Duration.ofSeconds(1));
            files.progress(result.request(), 2, Duration.ofSeconds(11));
            files.ended(HuntJson.of(result, null));
            assertThat(Files.readAllLines(dir.resolve("out").resolve(HuntFiles.LOG)))
                    .satisfiesExactly(
                            begun -> assertThat(begun).contains("\"t\":\"begun\"", "\"strategy\":\"portfolio\""),
                            progress -> assertThat(progress).contains("\"elapsedMillis\":11000"),
                            ended -> {
                                JsonNode found = JsonMapper.builder()
                                        .build()
                                        .readTree(ended)
                                        .get("found");
                                assertThat(found.get("schedule").asString())
                                        .isEqualTo(found(result)
                                                .run()
                                                .ending()
                                                .schedule()
                                                .toString());
                            });
        }
    }

    @Test
    void aBudgetOfNothingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HuntBudget(0, Duration.ofSeconds(1)));
    }
}
