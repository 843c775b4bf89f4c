package org.mmrace.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.choose.Coverage;
import org.mmrace.explore.race.LockEdge;
import org.mmrace.explore.race.PotentialDeadlock;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.kernel.LockMode;
import org.mmrace.scenario.MalformedScenarioException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HuntWatchTest {
    @TempDir
    private Path dir;

    private static HuntRequest watching(HuntRequest request, Watch watch) {
        return new HuntRequest(
                request.file(),
                request.scenario(),
                request.config(),
                request.strategy(),
                request.seed(),
                request.budget(),
                request.lotsOnly(),
                watch);
    }

    @Test
    void aDataRaceIsSeenIfItIsLookedFor() throws Exception {
        HuntResult result = racy();
        assertThat(HuntTest.found(result).execution()).isEqualTo(result.executions());
        assertThat(result.watched().dataRaces()).isNotEmpty();
        assertThat(result.watched().potentialDeadlocks()).isEmpty();
        assertThat(HuntText.of(result, null))
                .contains("\nDATA RACE on vma:", "  value changed: ", "\nB50: found by random", "\nschedule: 2:");
        JsonNode json = JsonMapper.builder().build().readTree(HuntJson.of(result, null));
        assertThat(json.get("dataRaces").get(0).asString()).startsWith("DATA RACE on vma:");
        assertThat(json.get("potentialDeadlocks").isEmpty()).isTrue();
    }

    private static HuntResult racy() throws MalformedScenarioException, IOException {
        HuntRequest request = HuntTest.request(HuntTest.SCENARIOS.resolve("B50.scn"), true, "random", 30);
        return new Hunt(watching(request, new Watch(true, false)), HuntListener.NONE).run();
    }

    @Test
    void aDataRaceAloneIsAFindingAndIsNotAsExpected() throws Exception {
        HuntRequest request = HuntTest.request(HuntTest.SCENARIOS.resolve("S03.scn"), false, "random", 1);
        try (TaskPool pool = new TaskPool()) {
            ControlledRun clean = pool.drive(
                    () -> ControlledRun.of(request.scenario(), request.config(), pool, new OneAfterAnother()));
            HuntResult.Found found = new HuntResult.Found("random", 1, clean);
            HuntResult result = new HuntResult(
                    request,
                    1,
                    1,
                    Duration.ofMillis(1),
                    Coverage.LOTS,
                    found,
                    null,
                    OptionalLong.empty(),
                    "",
                    false,
                    racy().watched());
            assertThat(result.isFinding()).isTrue();
            assertThat(result.asExpected()).isFalse();
            assertThat(HuntText.of(result, null))
                    .startsWith("DATA RACE on ")
                    .contains("\nS03: found by random in execution 1", "\nschedule: 2:");
            assertThat(HuntTable.of(List.of(result))).contains("found data race by random  UNEXPECTED");
            HuntFailure failure = HuntFailure.write(result, dir, "1").smaller(dir, "1", () -> false);
            assertThat(failure.minimised()).isNull();
            assertThat(failure.file().getFileName().toString()).matches("S03-data-race-[0-9a-f]{6}\\.fail");
            assertThat(Files.readString(failure.file()))
                    .contains("\n# DATA RACE on vma:")
                    .contains("\nreplay    violation=data-race step="
                            + result.watched().dataRaces().get(0).second().step() + " strategy=random");
        }
    }

    @Test
    void withoutTheBugThereIsNothingElseToSee() throws Exception {
        HuntRequest request =
                HuntTest.request(HuntTest.SCENARIOS.resolve("S03.scn"), false, "portfolio", Long.MAX_VALUE);
        HuntResult result = new Hunt(watching(request, new Watch(true, true)), HuntListener.NONE).run();
        assertThat(result.isFinding()).isFalse();
        assertThat(result.complete()).isTrue();
        assertThat(result.watched()).isEqualTo(Watched.NOTHING);
    }

    @Test
    void aCircleOfLocksIsAFindingOfAllExecutionsTogether() throws Exception {
        HuntResult clean = HuntTest.run(HuntTest.SCENARIOS.resolve("S03.scn"), false, "random", 1);
        PotentialDeadlock circle = new PotentialDeadlock(
                false, List.of(edge("a", "ptl:1", "ptl:2"), edge("b", "ptl:2", "ptl:1")), List.of());
        HuntResult result = clean.seeing(new Watched(List.of(), List.of(circle)));
        assertThat(result.isFinding()).isTrue();
        assertThat(result.asExpected()).isFalse();
        assertThat(HuntText.of(result, null)).startsWith("POTENTIAL DEADLOCK: ptl:1 -> ptl:2 -> ptl:1\n");
        assertThat(HuntJson.of(result, null)).contains("\"potentialDeadlocks\":[\"POTENTIAL DEADLOCK: ptl:1");
        assertThat(HuntTable.of(List.of(result))).contains("potential deadlock, else clean so far  UNEXPECTED");
    }

    private static LockEdge edge(String task, String held, String acquired) {
        return new LockEdge(
                task,
                List.of(),
                1,
                new LockEdge.Side(held, LockMode.WRITE),
                new LockEdge.Side(acquired, LockMode.WRITE),
                List.of());
    }
}
