package org.mmrace.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Ending.How;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.race.DataRace;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.explore.trace.Trace;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.scenario.FailureFile;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/** A failing run is repeated from its file, or the user is told why not. */
class FailureReplayTest {
    private static final String VERSION = "1.2.3";
    private static final TaskPool POOL = new TaskPool();

    /** Not many, for the time that tests may take. */
    private static final int TIMES = Integer.getInteger("mmrace.replays", 10);

    @TempDir
    private Path dir;

    @AfterAll
    static void close() {
        POOL.close();
    }

    private static FailureReplay replay(String text) throws MalformedScenarioException {
        return FailureReplay.of(ScenarioReader.parseFailure("x.fail", text), VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"B01", "B18", "B25", "B70"})
    void showsTheSameAgainAndAgain(String name) throws IOException, MalformedScenarioException {
        Failure failure = Runs.failure(POOL, name);
        Path file = FailureFiles.write(dir, failure, VERSION);
        FailureFile read = ScenarioReader.readFailure(file);
        FailureReplay replay = FailureReplay.of(read, VERSION);
        for (int i = 0; i < TIMES; i++) {
            ControlledRun run = POOL.drive(() -> replay.run(POOL));
            assertThat(replay.difference(run)).isEmpty();
            assertThat(run.ending().schedule().of(""))
                    .isEqualTo(failure.schedule().of(""));
        }
        Trace trace = POOL.drive(() -> replay.trace(POOL));
        assertThat(trace.stepOf(failure.symptom().id())).isEqualTo(read.replay().step());
    }

    @Test
    void theFileIsAScenarioWithTheKernelOfTheRun() throws IOException, MalformedScenarioException {
        Scenario scenario = Runs.scenario("S01");
        KernelConfig config = scenario.config(true).with(Fault.B70).with(draft -> draft.gupFast(false));
        Trace trace = POOL.drive(() -> Trace.of(scenario, config, POOL, new OneAfterAnother()));
        Failure failure =
                new Failure(scenario, config, trace.run().ending().schedule(), new Symptom("I12"), 0, "", "rr", 0);
        Path file = FailureFiles.write(dir, failure, VERSION);
        Scenario read = ScenarioReader.read(file);
        assertThat(read.config(true)).isEqualTo(config);
        assertThat(read.tasks()).isEqualTo(scenario.tasks());
        assertThat(read.fault()).isEqualTo(Fault.B70);
    }

    @Test
    void isThereAsAWholeOrNotAtAll() throws IOException {
        Failure failure = Runs.failure(POOL, "B70");
        Path file = FailureFiles.write(dir, failure, VERSION);
        assertThat(FailureFiles.write(dir, failure, VERSION)).isEqualTo(file);
        assertThat(file.getFileName().toString()).matches("B70-I1[01]-[0-9a-f]{6}\\.fail");
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactly(file);
        }
        assertThatThrownBy(() -> FailureFiles.write(dir.resolve("nowhere"), failure, VERSION))
                .isInstanceOf(IOException.class);
    }

    /** Files are handed on: whoever may read others of this user may read this one. */
    @Test
    void theModeIsThatOfAnyFile() throws IOException {
        Path file = FailureFiles.write(dir, Runs.failure(POOL, "B70"), VERSION);
        Path other = Files.createFile(dir.resolve("other"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void aDataRaceIsLookedForAgain() throws MalformedScenarioException {
        Scenario scenario = Runs.scenario("B50");
        Trace trace = POOL.drive(() -> Trace.of(scenario, scenario.config(true), POOL, new RandomWalk(7)));
        String text =
                Failure.of(trace, new Symptom(Symptom.DATA_RACE), "random", 7).text(VERSION);
        FailureReplay replay = replay(text);
        ControlledRun run = POOL.drive(() -> replay.run(POOL));
        List<DataRace> races = POOL.drive(() -> replay.dataRaces(POOL, run));
        assertThat(races.toString()).contains("DATA RACE on vma:");
        assertThat(replay.difference(run, races)).isEmpty();
        assertThat(replay.difference(run)).contains("the run shows I31; the file says data-race");
        FailureReplay clean = replay(Runs.failure(POOL, "B70").text(VERSION));
        assertThat(POOL.drive(() -> clean.dataRaces(POOL, clean.run(POOL)))).isEmpty();
    }

    @Test
    void commentsTitleAndExpectationsMayBeEdited() throws MalformedScenarioException {
        String text = Runs.failure(POOL, "B70").text(VERSION);
        String edited = "# another comment\n" + text.replaceFirst("title .*\n", "title     another one\n");
        FailureReplay replay = replay(edited);
        assertThat(replay.difference(POOL.drive(() -> replay.run(POOL)))).isEmpty();
    }

    @Test
    void staleAndForeignFilesAreRefusedAtTheirPlace() {
        String text = Runs.failure(POOL, "B70").text(VERSION);
        List<String> lines = text.lines().toList();
        int schedule = lines.indexOf(lines.stream()
                        .filter(line -> line.contains("schedule="))
                        .findFirst()
                        .orElseThrow())
                + 1;
        assertThatThrownBy(() -> replay(text.replace("V[0] A", "V[0] B")))
                .isInstanceOf(MalformedScenarioException.class)
                .hasMessageStartingWith("x.fail:" + schedule + ":20: the schedule was made for program ");
        assertThatThrownBy(() -> replay(text.replace("fault     B70", "fault     B72")))
                .hasMessageContaining("its knobs or its faults have changed");
        assertThatThrownBy(() -> replay(text.replace("version=" + VERSION, "version=9.9")))
                .hasMessageStartingWith("x.fail:" + (schedule - 1) + ":19: written by mmrace 9.9, and this is 1.2.3");
        assertThatThrownBy(() -> replay(text.replaceFirst("schedule=2:", "schedule=1:")))
                .hasMessageContaining(":20: no schedule: column 1: a schedule of version 1");
        assertThatThrownBy(() -> replay(text.replaceFirst("schedule=(\\S+)", "schedule=$1?")))
                .hasMessageContaining("no schedule: column ");
        assertThatThrownBy(() -> replay(text.replaceFirst("schedule=(\\S+)", "schedule=$1c")))
                .hasMessageContaining(":20: no schedule of this scenario: decision ")
                .hasMessageContaining(" is for task 2, and the tasks are 0 to 1");
        String tasks = IntStream.range(0, 60)
                .mapToObj(i -> "task t" + i + " in P\n  load V[0]\n")
                .collect(Collectors.joining());
        assertThatThrownBy(() -> replay(text.replaceFirst("task ", tasks + "task ")))
                .hasMessageContaining(":20: no schedule of this scenario: it has 62 tasks: expected at most 52");
    }

    @Test
    void aScheduleThatCannotBeFollowedDiverges() throws MalformedScenarioException {
        String text = Runs.failure(POOL, "B70").text(VERSION);
        FailureReplay longer = replay(text.replaceFirst("schedule=(\\S+)", "schedule=$1a999"));
        assertThatThrownBy(() -> POOL.drive(() -> longer.run(POOL)))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("the run is over after");
        FailureReplay shorter = replay(text.replaceFirst("(schedule=2:\\w{8}:)\\w+", "$1a"));
        assertThatThrownBy(() -> POOL.drive(() -> shorter.run(POOL)))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining(": the schedule is over after 1 decision, and the program goes on: a stands at ")
                .hasMessageContaining("; b stands at ");
        FailureReplay whole = replay(text);
        String clean = POOL.drive(() -> whole.freeAfter(POOL, 0, new OneAfterAnother()))
                .run()
                .ending()
                .schedule()
                .toString();
        FailureReplay other = replay(text.replaceFirst("(schedule=)\\S+", "$1" + clean));
        assertThat(other.difference(POOL.drive(() -> other.run(POOL)))).contains("the run is clean; the file says I11");
    }

    @Test
    void stopsBehindAStepAndSaysWhereTasksStand() throws MalformedScenarioException {
        FailureReplay replay = replay(Runs.failure(POOL, "B70").text(VERSION));
        Trace trace = POOL.drive(() -> replay.until(POOL, 29));
        assertThat(trace.run().ending().how()).isEqualTo(How.STOPPED);
        assertThat(trace.steps()).hasSize(29);
        assertThat(trace.standings())
                .containsExactly(
                        "a stands at spin_lock ptl:3, holding mmap_lock:mm1 (R)",
                        "b stands at down_read mmap_lock:mm1, holding nothing");
        assertThat(POOL.drive(() -> replay.until(POOL, 0)).steps()).isEmpty();
    }

    @Test
    void goesOnFreelyFromAStep() throws MalformedScenarioException {
        FailureReplay replay = replay(Runs.failure(POOL, "B70").text(VERSION));
        Trace whole = POOL.drive(() -> replay.trace(POOL));
        Trace free = POOL.drive(() -> replay.freeAfter(POOL, 20, new OneAfterAnother()));
        assertThat(free.steps().subList(0, 20).toString())
                .isEqualTo(whole.steps().subList(0, 20).toString());
        assertThat(free.run().verdict().isClean()).isTrue();
    }
}
