package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.scenario.ScriptedInterleaving;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.explore.trace.Trace;
import org.mmrace.failure.Failure;
import org.mmrace.failure.FailureFiles;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path dir;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException, MalformedScenarioException {
        Scenario scenario = ScenarioReader.read(Path.of("../scenarios/B25.scn"));
        try (TaskPool pool = new TaskPool()) {
            Trace trace = pool.drive(() ->
                    Trace.of(scenario, scenario.config(true), pool, new ScriptedInterleaving(scenario.interleaving())));
            Failure failure = pool.drive(
                    () -> Failure.of(trace, new Symptom("I20"), "scripted", 0).inWords(trace, pool));
            file = FailureFiles.write(dir, failure, Version.number());
        }
    }

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private Path edited(String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        return Files.writeString(dir.resolve("edited.fail"), text.replace(from, to));
    }

    @Test
    void saysThatTheSameViolationIsThere() {
        assertThat(run("replay", file.toString())).isEqualTo(ExitCode.FOUND);
        assertThat(lines().get(0)).startsWith("VIOLATION I20: page 20, pinned through mm1, is no longer exclusive");
        assertThat(lines().get(lines().size() - 1)).matches("same violation I20 at step \\d+");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void stopsWhereItIsTold() {
        assertThat(run("replay", file.toString(), "--until", "1", "--all-steps"))
                .isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString())
                .contains("\nstopped after step 1\n  a stands at ", "\n  b stands at ", ", holding nothing\n");
    }

    @Test
    void goesOnFreely() {
        assertThat(run("replay", file.toString(), "--until", "5", "--free-run=rr:1000"))
                .isEqualTo(ExitCode.CLEAN);
        assertThat(lines().get(lines().size() - 1)).isEqualTo("the run is clean; the file says I20");
    }

    @Test
    void jsonHasEveryStep() {
        assertThat(run("replay", file.toString(), "--json")).isEqualTo(ExitCode.FOUND);
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("same").asBoolean()).isTrue();
        assertThat(json.get("scenario").asString()).isEqualTo("B25");
        JsonNode last = json.get("steps").get(json.get("steps").size() - 1);
        assertThat(last.get("step").asInt()).isEqualTo(json.get("steps").size());
        assertThat(last.get("verb").asString()).isEqualTo("rcu_note_context_switch");
    }

    @Test
    void staleMalformedAndMissingFilesAreBadInput() throws IOException {
        assertThat(run("replay", edited("  store V[0] 7", "  store V[0] 9").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run(
                        "replay",
                        edited("replay    schedule=2:", "replay    schedule=z:").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("replay", edited(" seed=0", "").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(run("replay", edited("version=", "version=0").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(run("replay", "../scenarios/B25.scn")).isEqualTo(ExitCode.USAGE);
        assertThat(run("replay", dir.resolve("none.fail").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .anyMatch(line -> line.matches(".*edited.fail:\\d+:20: the schedule was made for program .*"))
                .anyMatch(line -> line.matches(".*edited.fail:\\d+:11: 'z:.*' is no schedule"))
                .anyMatch(line -> line.matches(".*edited.fail:\\d+:1: expected 'replay seed=...' as well"))
                .anyMatch(line -> line.matches(".*edited.fail:\\d+:19: written by mmrace 0.*"))
                .anyMatch(line -> line.contains("B25.scn:1:1: expected a line 'replay schedule=...'"))
                .anyMatch(line -> line.contains("no such file: "));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aScheduleThatShowsSomethingElseIsBadInputAtItsPlace() throws IOException {
        Path other = edited("violation=I20", "violation=I11");
        assertThat(run("replay", other.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).contains("scenario  B25");
        assertThat(err.toString())
                .matches(".*/edited.fail:\\d+:20: the schedule shows something else: the run shows I20; the file says"
                        + " I11\\R");
        out.getBuffer().setLength(0);
        assertThat(run("replay", other.toString(), "--json")).isEqualTo(ExitCode.USAGE);
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("same").asBoolean()).isFalse();
        assertThat(json.get("problem").get("column").asInt()).isEqualTo(20);
        assertThat(json.get("steps").isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"a, decision 2 of 2:", "a99999, the run is over after ", "=1, decision 1 of 2:"})
    void aScheduleThatDoesNotFitIsBadInputAtItsPlace(String schedule, String why) throws IOException {
        Path edited = editedSchedule("edited.fail", schedule);
        assertThat(run("replay", edited.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).containsPattern("edited.fail:\\d+:20: the schedule does not fit: " + why);
        assertThat(run("replay", edited.toString(), "--json")).isEqualTo(ExitCode.USAGE);
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("conclusion").asString()).startsWith("the schedule does not fit: " + why);
        assertThat(json.get("problem").get("line").asInt()).isGreaterThan(1);
    }

    private Path editedSchedule(String name, String decisions) throws IOException {
        String text = Files.readString(file);
        return Files.writeString(dir.resolve(name), text.replaceFirst("(schedule=2:\\w{8}:)\\w+", "$1" + decisions));
    }

    @Test
    void anUnknownStrategyIsBadInputAtItsPlace() throws IOException {
        assertThat(run("replay", edited("strategy=scripted", "strategy=foo").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .containsPattern("edited.fail:\\d+:\\d+: unknown strategy 'foo'; did you mean pos\\?");
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThat(run("replay", file.toString(), "--free-run")).isEqualTo(ExitCode.USAGE);
        assertThat(run("replay", file.toString(), "--until", "-1")).isEqualTo(ExitCode.USAGE);
        assertThat(run("replay", file.toString(), "--until", "3", "--free-run=pcd"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("replay", file.toString(), "--seed", "3")).isEqualTo(ExitCode.USAGE);
        assertThat(run("replay", file.toString(), "--until", "3", "--seed", "3"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains(
                        "--seed needs --free-run",
                        "--free-run needs --until N",
                        "--until takes the number of a step, not -1",
                        "did you mean pct?");
    }

    @Test
    void aDataRaceIsShownAgain() throws IOException, MalformedScenarioException {
        Scenario scenario = ScenarioReader.read(Path.of("../scenarios/B50.scn"));
        try (TaskPool pool = new TaskPool()) {
            Trace trace = pool.drive(() -> Trace.of(scenario, scenario.config(true), pool, new RandomWalk(7)));
            Failure failure = Failure.of(trace, new Symptom(Symptom.DATA_RACE), "random", 7);
            Path racy = FailureFiles.write(dir, failure, Version.number());
            assertThat(run("replay", racy.toString())).isEqualTo(ExitCode.FOUND);
        }
        assertThat(out.toString()).contains("\nDATA RACE on vma:", "\n  value changed: ");
        assertThat(lines().get(lines().size() - 1)).startsWith("same data race at step ");
    }

    @Test
    void theFileRunsAsAScenario() {
        assertThat(run("run", file.toString())).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("VIOLATION I20");
    }
}
