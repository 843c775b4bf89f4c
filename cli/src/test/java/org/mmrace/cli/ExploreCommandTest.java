package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mmrace.hunt.HuntFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExploreCommandTest {
    private static final String B25 = "../scenarios/B25.scn";
    private static final String S01 = "../scenarios/S01.scn";

    private final Printed printed = new Printed();
    private final StringWriter out = printed.out;
    private final StringWriter err = printed.err;

    @TempDir
    private Path dir;

    private Path log;

    @BeforeEach
    void chooseOut() {
        log = dir.resolve("out").resolve(HuntFiles.LOG);
    }

    private int explore(String... args) {
        return exploreFrom("..", args);
    }

    private int exploreFrom(String home, String... args) {
        return execute(new ExploreCommand(Map.of("MMRACE_HOME", home)), line -> {}, args);
    }

    private int execute(ExploreCommand command, Consumer<String> said, String... args) {
        List<String> words = new ArrayList<>(List.of(args));
        words.addAll(List.of("--out", dir.resolve("out").toString()));
        return printed.hearing(said).alone(command, words.toArray(String[]::new));
    }

    private String lastLine() {
        return printed.lastLine();
    }

    @Test
    void aRaceIsFoundAndTheLastLineReplaysIt() throws IOException {
        assertThat(explore(B25, "--seed", "7")).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("VIOLATION I20", "B25: found by ");
        String command = lastLine();
        assertThat(command).startsWith("mmrace replay " + dir.resolve("out").resolve("B25-I20-"));
        String written = Files.readString(Path.of(command.substring("mmrace replay ".length())));
        String schedule = written.substring(written.indexOf("schedule=") + "schedule=".length())
                .strip();
        assertThat(schedule).matches("2:[0-9a-f]{8}:\\w+");
        assertThat(out.toString()).contains("\nschedule  " + schedule + "\n");
        StringWriter again = new StringWriter();
        assertThat(Main.commandLine()
                        .setOut(new PrintWriter(again, true))
                        .execute(command.substring("mmrace ".length()).split(" ", -1)))
                .isEqualTo(ExitCode.FOUND);
        assertThat(again.toString()).contains("same violation I20 at step ");
    }

    @Test
    void aDataRaceIsSaidWithTheViolationOfTheSameExecution() {
        assertThat(explore("../scenarios/B50.scn", "--races", "--strategy", "random", "--seed", "7", "--no-minimise"))
                .isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("VIOLATION I31", "\nDATA RACE on vma:", "\nB50: found by random ");
        assertThat(lastLine()).startsWith("mmrace replay ").contains("B50-I31-");
    }

    @Test
    void withoutDataRacesAndCirclesOfLocksItIsClean() {
        assertThat(explore("../scenarios/S03.scn", "--races", "--lock-order", "--json"))
                .isEqualTo(ExitCode.CLEAN);
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("races").asBoolean()).isTrue();
        assertThat(json.get("lockOrder").asBoolean()).isTrue();
        assertThat(json.get("dataRaces").isEmpty()).isTrue();
        assertThat(json.get("potentialDeadlocks").isEmpty()).isTrue();
        assertThat(json.get("complete").asBoolean()).isTrue();
    }

    @Test
    void anInterruptionIsSaidByTheExitCodeWhateverWasFoundBefore() {
        ExploreCommand command = new ExploreCommand(Map.of("MMRACE_HOME", ".."));
        Consumer<String> said = line -> {
            if (line.startsWith("wrote ")) {
                command.interrupt();
            }
        };
        assertThat(execute(command, said, "--fault", "B05", "--fault", "B06")).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(out.toString()).contains("B05: found by ");
        assertThat(lastLine()).startsWith("mmrace replay ");
        assertThat(err.toString()).contains("interrupted; not explored: B06");
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws IOException {
        assertThat(explore("--fault", "B05", "--no-minimise")).isEqualTo(ExitCode.FOUND);
        Path file = Path.of(lastLine().substring("mmrace replay ".length()));
        Files.delete(file);
        Files.createFile(Files.createDirectory(file).resolve("in-the-way"));
        out.getBuffer().setLength(0);
        assertThat(explore("--fault", "B05", "--no-minimise")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("VIOLATION I01", "B05: found by ", "\nschedule: 2:");
        assertThat(lastLine()).startsWith("mmrace explore ").endsWith(" --executions 1");
        assertThat(err.toString())
                .contains("cannot write to " + dir.resolve("out") + ": " + file + ": is a directory\n");
    }

    /** What the violation needs is made smaller until the race is gone, so the race has a file of its own. */
    @Test
    void aDataRaceBesideAViolationHasAFileOfItsOwn() {
        assertThat(explore("../scenarios/B50.scn", "--races", "--strategy", "random", "--seed", "7"))
                .isEqualTo(ExitCode.FOUND);
        List<String> replays = printed.lines().stream()
                .filter(line -> line.startsWith("mmrace replay "))
                .map(line -> line.substring("mmrace replay ".length()))
                .toList();
        assertThat(replays)
                .satisfiesExactly(
                        race -> assertThat(race).contains("/B50-data-race-"),
                        violation -> assertThat(violation).contains("/B50-I31-"));
        for (String file : replays) {
            assertThat(err.toString()).contains("wrote " + file);
            assertThat(printed.mmrace("replay", file)).isEqualTo(ExitCode.FOUND);
        }
        assertThat(out.toString()).contains("\nsame data race at step ", "\nsame violation I31");
    }

    @Test
    void anInterruptionWhileAFindIsMadeSmallerIsSaid() throws IOException {
        ExploreCommand command = new ExploreCommand(Map.of("MMRACE_HOME", ".."));
        Consumer<String> said = line -> {
            if (line.equals("explore  B25: found, and is made smaller")) {
                command.interrupt();
            }
        };
        assertThat(execute(command, said, B25, "--seed", "7")).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(err.toString()).contains("interrupted; not made as small as it can be: B25");
        assertThat(Files.readString(log)).contains("{\"t\":\"found\",\"scenario\":\"B25\"");
        assertThat(lastLine()).contains("/B25-I20-");
    }

    @Test
    void moreWorkersThanCoresAreSaid() {
        assertThat(ExploreWorker.advice(2, 2)).isEmpty();
        assertThat(ExploreWorker.advice(8, 2))
                .contains("8 workers take turns on 2 cores, and each of them needs one for a second or two to start:"
                        + " --workers 2 is quicker");
    }

    @Test
    void withoutTheFaultNothingIsFound() {
        assertThat(explore(B25, "--fault", "none", "--executions", "40")).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString()).contains("B25: 40 executions").contains("no violation");
        assertThat(err.toString()).contains("series AFTER  strategy portfolio").contains("for 40 executions");
    }

    @Test
    void aFaultStandsForItsScenario() {
        assertThat(explore("--fault", "b05,B06")).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("B05: found by", "B06: found by", "2 scenarios: 2 as they must be, 0 not");
    }

    @Test
    void allOfACatalogueThatIsAsItMustBe() throws IOException {
        Path scenarios = Files.createDirectories(dir.resolve("tree/scenarios"));
        Files.copy(Path.of("../scenarios/B05.scn"), scenarios.resolve("B05.scn"));
        Files.copy(Path.of(S01), scenarios.resolve("S01.scn"));
        String home = dir.resolve("tree").toString();
        assertThat(exploreFrom(home, "--all", "--executions", "20")).isEqualTo(ExitCode.CLEAN);
        assertThat(lastLine()).isEqualTo("2 scenarios: 2 as they must be, 0 not");
        assertThat(exploreFrom(home, "--all", "--fault", "none", "--executions", "20"))
                .isEqualTo(ExitCode.CLEAN);
        assertThat(exploreFrom(home, "--all", "--fault", "B72", "--set", "vmaLock=none", "--executions", "20"))
                .isEqualTo(ExitCode.FOUND);
        assertThat(lastLine()).startsWith("mmrace replay ").contains("S01-");
    }

    @Test
    void ofSeveralScenariosWhatIsNotAsItMustBeIsNamedLast() {
        assertThat(explore(S01, "../scenarios/B57.scn", "--strategy", "random", "--seed", "7", "--executions", "3"))
                .isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("2 scenarios: 1 as they must be, 1 not\n");
        assertThat(lastLine())
                .isEqualTo("mmrace explore ../scenarios/B57.scn --strategy random --seed 7 --executions 3");
    }

    @Test
    void withAllEachScenarioHasItsLineBeforeTheNextOneBegins() throws IOException {
        Path scenarios = Files.createDirectories(dir.resolve("tree/scenarios"));
        Files.copy(Path.of("../scenarios/B05.scn"), scenarios.resolve("B05.scn"));
        Files.copy(Path.of(S01), scenarios.resolve("S01.scn"));
        List<String> before = new ArrayList<>();
        Consumer<String> said = line -> {
            if (line.startsWith("explore  S01: ")) {
                before.addAll(printed.lines());
            }
        };
        ExploreCommand command =
                new ExploreCommand(Map.of("MMRACE_HOME", dir.resolve("tree").toString()));
        assertThat(execute(command, said, "--all", "--executions", "20")).isEqualTo(ExitCode.CLEAN);
        assertThat(before)
                .satisfiesExactly(
                        heading -> assertThat(heading)
                                .startsWith("scenario  fault  ")
                                .endsWith("  result"),
                        row -> assertThat(row).startsWith("B05       B05 ").endsWith(" by one after another"));
        assertThat(printed.lines()).hasSize(4).startsWith(before.get(0), before.get(1));
    }

    @Test
    void whereNothingCanBeWrittenNothingRuns() throws IOException {
        Files.writeString(dir.resolve("out"), "a file");
        assertThat(explore(S01)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).endsWith("cannot write to " + dir.resolve("out") + ": not a directory\n");
    }

    @Test
    void jsonIsOneObjectForEachScenarioAndSoIsTheLog() throws IOException {
        assertThat(explore("--fault", "B05", "--json")).isEqualTo(ExitCode.FOUND);
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("scenario").asString()).isEqualTo("B05");
        assertThat(json.get("found").get("by").asString()).isEqualTo("one after another");
        assertThat(Files.readAllLines(log))
                .satisfiesExactly(
                        begun -> assertThat(begun).startsWith("{\"t\":\"begun\""),
                        found ->
                                assertThat(found).startsWith("{\"t\":\"found\"").contains("/B05-I01-"),
                        result -> assertThat(result).isEqualTo(out.toString().strip()));
        JsonNode small = json.get("minimised");
        assertThat(small.get("schedule").asString()).matches("2:[0-9a-f]{8}:\\w*");
        assertThat(small.get("tasks").asInt()).isEqualTo(1);
        assertThat(small.get("operations").asInt()).isEqualTo(1);
        assertThat(small.get("preemptions").asInt()).isZero();
        assertThat(small.get("fewest").asBoolean()).isTrue();
        assertThat(small.get("steps").asInt()).isPositive();
        assertThat(small.get("tries").asInt()).isPositive();
        assertThat(json.get("file").asString()).endsWith(".fail");
        assertThat(err.toString()).contains("mmrace replay ");
    }

    @Test
    void withoutASourceTreeFaultsHaveNoScenarios() {
        assertThat(exploreFrom("", "--fault", "B05")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("scenarios are in the source tree");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --seed 1                                            | expected a SCENARIO, --fault ID or --all
            --fault none                                        | --fault none needs a SCENARIO, or --all
            --all ../scenarios/S01.scn                          | --all explores all scenarios
            ../scenarios/S01.scn --fault B05 --fault B06        | there is one --fault at most
            ../scenarios/S01.scn --strategy luck                | unknown strategy 'luck'; there are portfolio,
            ../scenarios/S01.scn --fault B05,B06                | there is one --fault at most
            ../scenarios/S01.scn --seed zz                      | '--seed': 'zz' is not a whole number
            ../scenarios/S01.scn --executions 0                 | there must be 1 execution at least, not 0
            ../scenarios/S01.scn --series later                 | Invalid value for option '--series'
            ../scenarios/S01.scn --workers 0                    | --workers takes 1 to 64, not 0
            ../scenarios/S01.scn --workers 2 --strategy dfs     | --workers needs a strategy that draws lots
            ../scenarios/S01.scn --workers 2 --races        | --workers is not for data races and lock order
            ../scenarios/S01.scn --workers 2 --lock-order   | --workers is not for data races and lock order
            """)
    void badInputEndsWith2(String arguments, String message) {
        assertThat(explore(arguments.split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("explore: ").contains(message);
        assertThat(out.toString()).isEmpty();
    }
}
