package org.mmrace.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.scenario.ScriptedInterleaving;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/** What was found, as files. */
class HuntFailureTest {
    @TempDir
    private Path dir;

    @Test
    void aFailureIsMadeSmallerAndItsFileIsTheOnlyOne() throws Exception {
        HuntResult result = HuntTest.run(HuntTest.SCENARIOS.resolve("B25.scn"), true, "portfolio", 5_000);
        HuntFailure raw = HuntFailure.write(result, dir, "1");
        assertThat(raw.minimised()).isNull();
        Files.delete(raw.file());
        HuntFailure small = HuntFailure.write(result, dir, "1").smaller(dir, "1", () -> false);
        assertThat(small.minimised()).isNotNull();
        assertThat(small.trace().preemptions()).isEqualTo(1);
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactly(small.file());
        }
        assertThat(HuntText.of(result, small))
                .doesNotContain("VIOLATION")
                .containsPattern("made smaller: tasks 2, .* 1 \\(the fewest\\)");
    }

    /** Whoever runs the file without a look at the schedule sees the same. */
    @ParameterizedTest
    @ValueSource(strings = {"B05", "B22", "B25", "B29", "B53"})
    void theFileOfWhatWasMadeSmallerRunsInKernelWords(String name) throws Exception {
        HuntResult result = HuntTest.run(HuntTest.SCENARIOS.resolve(name + ".scn"), true, "portfolio", 5_000);
        HuntFailure small = HuntFailure.write(result, dir, "1").smaller(dir, "1", () -> false);
        Scenario read = ScenarioReader.read(small.file());
        assertThat(read.interleaving()).isNotEmpty();
        assertThat(broken(read))
                .contains(ScenarioReader.readFailure(small.file()).replay().violation());
    }

    /** The script of the scenario is of another run. */
    @ParameterizedTest
    @ValueSource(strings = {"B12", "B18", "B43", "B51"})
    void theFileOfWhatWasLeftAsItWasHasItsOwnWordsOrNone(String name) throws Exception {
        HuntResult result = HuntTest.run(HuntTest.SCENARIOS.resolve(name + ".scn"), true, "random", 5_000);
        HuntFailure raw = HuntFailure.write(result, dir, "1");
        Scenario read = ScenarioReader.read(raw.file());
        assertThat(read.interleaving()).isNotEqualTo(result.request().scenario().interleaving());
        if (!read.interleaving().isEmpty()) {
            assertThat(broken(read))
                    .contains(ScenarioReader.readFailure(raw.file()).replay().violation());
        }
    }

    private static List<String> broken(Scenario scenario) {
        try (TaskPool pool = new TaskPool()) {
            return pool.drive(() -> ControlledRun.of(
                            scenario, scenario.config(true), pool, new ScriptedInterleaving(scenario.interleaving())))
                    .verdict()
                    .broken();
        }
    }

    /** Ctrl-C: what has been left out by then stays out, and the file is a whole one. */
    @Test
    void whoHasEnoughGetsWhatIsSmallByThen() throws Exception {
        HuntResult result = HuntTest.run(HuntTest.SCENARIOS.resolve("B25.scn"), true, "portfolio", 5_000);
        HuntFailure small = HuntFailure.write(result, dir, "1").smaller(dir, "1", () -> true);
        assertThat(Objects.requireNonNull(small.minimised()).executions()).isEqualTo(1);
        assertThat(ScenarioReader.readFailure(small.file()).replay().schedule())
                .isEqualTo(small.schedule().toString());
    }

    /** What the setup had done for them, tasks do themselves when it is left out: more steps, and it is said why. */
    @Test
    void aSmallerProgramWithMoreStepsSaysWhy() throws Exception {
        HuntResult result = HuntTest.run(HuntTest.SCENARIOS.resolve("B68.scn"), true, "portfolio", 5_000);
        assertThat(String.valueOf(HuntFailure.write(result, dir, "1")
                        .smaller(dir, "1", () -> false)
                        .minimised()))
                .matches("tasks 2, operations 4 -> 2, preemptions 1 -> 0 \\(the fewest\\), setup and finally 1 -> 0,"
                        + " steps (\\d+) -> (\\d+) \\(tasks do what the setup did\\); \\d+ tries");
    }
}
