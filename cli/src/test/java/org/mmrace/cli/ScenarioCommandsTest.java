package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mmrace run} and {@code mmrace explore} say about bad input, which is the same. */
class ScenarioCommandsTest {
    private final Printed printed = new Printed();

    @TempDir
    private Path dir;

    private int execute(String command, String... args) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(args));
        if (command.equals("explore")) {
            words.addAll(List.of("--out", out().toString()));
        }
        return printed.mmrace(words.toArray(String[]::new));
    }

    private Path out() {
        return dir.resolve("out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "explore"})
    void aMalformedScenarioIsSaidLineByLine(String command) throws IOException {
        Path file = Files.writeString(
                dir.resolve("bad.scn"), "scenario bad\nprocess P\ntask a in P\n  laod V[0]\n  sleepwalk\n");
        assertThat(execute(command, file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(printed.err.toString().lines())
                .containsExactly(
                        file + ":4:3: no operation 'laod'; did you mean 'load'?",
                        file + ":5:3: no operation 'sleepwalk'; docs/scenarios.md has a table of all");
        assertThat(printed.out.toString()).isEmpty();
        assertThat(out()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "explore"})
    void aSetupThatFailsIsSaidWithItsPlace(String command) throws IOException {
        Path file = Files.writeString(dir.resolve("x.scn"), """
                scenario x
                process P
                vma V in P anon r pages=1
                setup
                  store V[0] 5
                task a in P
                  load V[0]
                """);
        assertThat(execute(command, file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(printed.err.toString())
                .contains(file + ":5:3: this kernel refuses what the scenario declares: ")
                .contains("setup: store V[0] 5 gave SIGSEGV");
    }

    private static String sixtyTasks(String last) {
        String tasks = IntStream.range(0, 60)
                .mapToObj(i -> "task t" + i + " in P\n  load V[0]\n")
                .collect(Collectors.joining());
        return "scenario many\nprocess P\nvma V in P anon rw pages=1\n" + tasks + last;
    }

    /** Without a schedule there may be more. */
    @Test
    void moreTasksThanAScheduleCanNameAreRefused() throws IOException {
        Path file = Files.writeString(dir.resolve("many.scn"), sixtyTasks(""));
        assertThat(execute("explore", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(printed.err.toString()).contains(file + " has 60 tasks: expected at most 52");
        assertThat(execute("run", file.toString())).isEqualTo(ExitCode.CLEAN);
        Files.writeString(file, sixtyTasks("interleave\n  t1\n"));
        assertThat(execute("run", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(printed.err.toString())
                .contains("scenario many has 60 tasks and an interleaving: expected at most 52");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "explore"})
    void aDirectoryWithoutScenariosIsNotGreen(String command) {
        assertThat(execute(command, dir.toString())).isEqualTo(ExitCode.NOTHING_RAN);
        assertThat(printed.err.toString()).isEqualTo("mmrace " + command + ": no scenario (.scn) there\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run     | nowhere.scn                            | no such file: nowhere.scn
            explore | nowhere.scn                            | no such file: nowhere.scn
            run     | ../scenarios/S01.scn --fault B99       | unknown fault 'B99'
            explore | ../scenarios/S01.scn --fault B99       | unknown fault 'B99'
            run     | ../scenarios/S01.scn --set colour=red  | unknown knob 'colour'
            explore | ../scenarios/S01.scn --set colour=red  | unknown knob 'colour'
            run     | ../scenarios/S01.scn --time soon       | 'soon' is not a duration
            explore | ../scenarios/S01.scn --time soon       | 'soon' is not a duration
            """)
    void badInputEndsWith2(String command, String arguments, String message) {
        assertThat(execute(command, arguments.split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(printed.err.toString())
                .startsWith("mmrace " + command + ": ")
                .contains(message);
        assertThat(printed.out.toString()).isEmpty();
    }
}
