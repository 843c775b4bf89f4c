package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StressCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path dir;

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void cleanRun() {
        int exitCode = run("stress", "--ops", "3000", "--threads", "2", "--seed", "5", "--out", dir.toString());
        assertThat(exitCode).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString())
                .contains("vm_insert_page ", "zeropage count 1")
                .endsWith("no violation\n");
        assertThat(err.toString()).startsWith("stress  series AFTER  threads 2  processes 2  seed 5");
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void rotationNamesEachTurn() {
        int exitCode = run("stress", "--ops", "600", "--threads", "2", "--seed", "5", "--rotate", "3");
        assertThat(exitCode).as(out.toString()).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString().lines().filter(line -> line.startsWith("turn ")))
                .hasSize(3);
        assertThat(out.toString())
                .contains("turn  1 of 3  defaults: ", "turn  3 of 3  vmaLock=REFCNT: ")
                .endsWith("no violation\n");
        assertThat(err.toString()).contains("  a turn, 3 turns");
    }

    @Test
    void rotationStopsAtTheTurnThatFindsSomething() {
        int exitCode = run(
                "stress",
                "--ops",
                "20000",
                "--threads",
                "1",
                "--seed",
                "5",
                "--rotate",
                "12",
                "--fault",
                "B40",
                "--json",
                "--out",
                dir.toString());
        assertThat(exitCode).isEqualTo(ExitCode.FOUND);
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("violations")).isNotEmpty();
        assertThat(json.get("turns")).hasSize(1);
        assertThat(json.get("turns").get(0).get("knobs")).isEmpty();
        assertThat(err.toString()).contains("mmrace stress --seed 5 --threads 1 --fault B40 --ops 20000");
    }

    @Test
    void violationLeavesAFileAndEndsWithTheCommand() {
        int exitCode = run(
                "stress",
                "--ops",
                "3000",
                "--threads",
                "1",
                "--series",
                "before",
                "--seed",
                "5",
                "--reproduce",
                "none",
                "--out",
                dir.toString());
        assertThat(exitCode).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("VIOLATION I0");
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo(
                        "mmrace stress --seed 5 --series before --threads 1 --ops 3000 --reproduce none --out " + dir);
        assertThat(dir.resolve("violation-5.json")).isNotEmptyFile();
    }

    @Test
    void jsonIsOneObjectAndNothingElse() {
        int exitCode =
                run("stress", "--ops", "3000", "--threads", "1", "--fault", "b40", "--json", "--out", dir.toString());
        assertThat(exitCode).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString().lines()).hasSize(1);
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("config").get("faults").get(0).asString()).isEqualTo("B40");
        assertThat(json.get("violations")).isNotEmpty();
        assertThat(err.toString())
                .contains("mmrace stress --seed " + json.get("seed").asLong());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --duration=-5s                                | '-5s' is not a duration
            --duration=0s                                 | '0s' is less than 1ms
            --duration=soon                               | 'soon' is not a duration
            --epoch=0                                     | '0' is less than 1ms
            --series=v1 --fault=B01                       | --series V1 contradicts --fault B01, which is series BEFORE
            --fault=B01 --set=pteSpecial=true             | undoes fault B01, which is series=BEFORE pteSpecial=false
            --series=before --set=series=AFTER            | both say where the kernel stands
            --set=gupFast=false --set=gupFast=true        | --set says twice what gupFast is: false, and then true
            --threads=0                                   | threads must be between 1 and 64, not 0
            --threads=65                                  | threads must be between 1 and 64, not 65
            --threads=two                                 | 'two' is not a whole number
            --processes=0                                 | processes must be between 1 and 64, not 0
            --mix=eater=1                                 | unknown role 'eater'
            --mix=inserter=-1                             | weight -1 of inserter must be 0 or more
            --mix=inserter=0                              | every weight is 0
            --series=later                                | but was 'later'
            --seed=abc                                    | 'abc' is not a whole number
            --seed=99999999999999999999                   | is not a whole number from -9223372036854775808
            --out=                                        | '' names no file and no directory
            --fault=B24,B99                               | unknown fault 'B99'; did you mean B09
            --fault=B99                                   | unknown fault 'B99'; did you mean B09
            --set=colour=red                              | unknown knob 'colour'
            --set=pteSpecial=maybe                        | 'maybe' is neither 0 nor 1
            --set=pteSpecial                              | --set takes KNOB=VALUE, such as vmaLock=NONE, and not 'pteSpecial'
            --reproduce=soon                              | 'soon' is not a duration
            --set=ptrsPerTable=4                          | ptrsPerTable must be at least 8
            --rotate=0                                    | rotate must be between 1 and 16, not 0
            --rotate=17                                   | rotate must be between 1 and 16, not 17
            --surprise                                    | Unknown option: '--surprise'
            """)
    void badInputIsOneLineAndEndsWith2(String options, String message) {
        assertThat(run(("stress " + options).split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines()).hasSizeLessThanOrEqualTo(2);
        assertThat(err.toString())
                .startsWith("mmrace stress: ")
                .contains(message)
                .doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aRotationLeavesTheKnobsAloneThatAreSet() {
        assertThat(run("stress", "--ops=300", "--threads=2", "--seed=5", "--rotate=7", "--set=tableFree=IPI"))
                .as(err.toString())
                .isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString().lines().filter(line -> line.startsWith("turn ")))
                .hasSize(4);
        assertThat(err.toString())
                .contains(
                        "stress  no turn with tlbStyle=BROADCAST: ",
                        "stress  no turn with tableFree=IPI: it is that with defaults",
                        "stress  no turn with ptReclaim=true: ");
    }

    @Test
    void aViolationIsFoundAgainUnderTheSchedulerAndReplays() {
        int exitCode = run(
                "stress", "--ops=30000", "--threads=1", "--seed=5", "--fault=B36", "--reproduce=1m", "--out=" + dir);
        assertThat(exitCode).isEqualTo(ExitCode.FOUND);
        List<String> lines = out.toString().lines().toList();
        String last = lines.get(lines.size() - 1);
        assertThat(out.toString())
                .contains("reproduced under control: I34 by ", "scenario  stress-5", "schedule  2:", "VIOLATION I34");
        assertThat(last).startsWith("mmrace replay " + dir);
        JsonNode json = JsonMapper.builder().build().readTree(dir.resolve("violation-5.json"));
        assertThat(json.get("underControl").get("reproduced").asBoolean()).isTrue();
        String file = json.get("underControl").get("file").asString();
        assertThat(last).endsWith(file);
        assertThat(run("replay", file)).as(err.toString()).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("same violation I34");
    }

    @Test
    void nothingIsSearchedForIfNoTimeIsGiven() {
        assertThat(run(
                        "stress",
                        "--ops=30000",
                        "--threads=1",
                        "--seed=5",
                        "--fault=B36",
                        "--reproduce=0",
                        "--out=" + dir))
                .isEqualTo(ExitCode.FOUND);
        assertThat(out.toString())
                .doesNotContain("under control")
                .endsWith("--fault B36 --ops 30000 --reproduce none --out " + dir + "\n");
        assertThat(dir.resolve("violation-5.json")).content().doesNotContain("underControl");
    }

    @Test
    void directoryThatCannotBeWrittenIsFoundBeforeAnythingRuns() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");
        assertThat(run("stress", "--out", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("mmrace stress: cannot write to " + file);
        assertThat(out.toString()).isEmpty();
    }
}
