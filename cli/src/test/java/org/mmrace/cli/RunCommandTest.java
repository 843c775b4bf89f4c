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

class RunCommandTest {
    private static final String B40 = "../scenarios/B40.scn";
    private static final String S01 = "../scenarios/S01.scn";

    private final Printed printed = new Printed();
    private final StringWriter out = printed.out;
    private final StringWriter err = printed.err;

    @TempDir
    private Path dir;

    private int run(String... args) {
        return printed.mmrace(args);
    }

    private List<String> lines() {
        return printed.lines();
    }

    @Test
    void cleanRun() {
        assertThat(run("run", S01)).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString()).contains("a was first").endsWith("no violation\n");
        assertThat(err.toString()).startsWith("run  S01: two insertions at one address  series AFTER  one task after");
    }

    @Test
    void theFaultOfTheScenarioIsOn() {
        assertThat(run("run", B40)).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("VIOLATION I19", "FORBIDDEN");
        assertThat(printed.lastLine()).isEqualTo("mmrace run " + B40);
    }

    @Test
    void theFaultMayBeSwitchedOffOrExchanged() {
        assertThat(run("run", B40, "--fault", "none")).isEqualTo(ExitCode.CLEAN);
        assertThat(run("run", S01, "--fault", "b72", "--set", "vmaLock=none")).isEqualTo(ExitCode.FOUND);
        assertThat(printed.lastLine()).isEqualTo("mmrace run " + S01 + " --fault B72 --set vmaLock=none");
    }

    /** The tasks one after the other are another run than the one that failed, and its being clean says nothing. */
    @Test
    void aFailureFileWithoutAnInterleavingSaysWhatRepeatsIt() throws IOException {
        Path file = Files.writeString(
                dir.resolve("x.fail"),
                Files.readString(Path.of("../scenarios/B25.scn")).replaceFirst("interleave\n(  .*\n)+", "")
                        + "replay violation=I20 step=107 strategy=random seed=1 version=1 schedule=2:a91b18\n");
        assertThat(run("run", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .endsWith("mmrace run: " + file + ": has no interleaving, so this was not the run that failed; this is:"
                        + " mmrace replay " + file + "\n");
        assertThat(run("run", file.toString(), "--fault", "none")).isEqualTo(ExitCode.CLEAN);
        assertThat(run("run", file.toString(), "--fault", "B24,B25")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("mmrace run: with a scenario there is one --fault at most\n");
    }

    @Test
    void threadsRunAgainAndAgain() {
        assertThat(run("run", S01, "--threads", "--runs", "20", "--seed", "3")).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString()).contains("S01: 20 runs");
        assertThat(err.toString()).contains("2 threads  seed 3");
    }

    @Test
    void severalScenariosEndWithASummary() throws IOException {
        Files.copy(Path.of(B40), dir.resolve("B40.scn"));
        Files.copy(Path.of(S01), dir.resolve("S01.scn"));
        assertThat(run("run", dir.toString())).isEqualTo(ExitCode.FOUND);
        assertThat(lines())
                .contains("2 scenarios: 1 clean, 1 with a finding")
                .last()
                .isEqualTo("mmrace run " + dir.resolve("B40.scn"));
    }

    @Test
    void jsonIsOneObjectForEachScenario() {
        assertThat(run("run", B40, S01, "--json")).isEqualTo(ExitCode.FOUND);
        assertThat(lines()).hasSize(2);
        JsonNode json = JsonMapper.builder().build().readTree(lines().get(0));
        assertThat(json.get("scenario").asString()).isEqualTo("B40");
        assertThat(json.get("violationRuns").get("I19").asLong()).isEqualTo(1);
        assertThat(err.toString()).endsWith("mmrace run " + B40 + "\n");
    }

    @Test
    void theKernelIsSaidWithEveryKnobThatWasTurned() throws IOException {
        Path file = Files.writeString(
                dir.resolve("S01.scn"),
                Files.readString(Path.of(S01)).replaceFirst("(?m)^process ", "config softDirty=true\nprocess "));
        assertThat(run("run", file.toString(), "--set", "release=6.12", "--json"))
                .isEqualTo(ExitCode.CLEAN);
        assertThat(err.toString()).contains("  series AFTER  release=6.12 softDirty=true  one task after");
        JsonNode config = JsonMapper.builder().build().readTree(out.toString()).get("config");
        assertThat(config.get("release").asString()).isEqualTo("6.12");
        assertThat(config.get("softDirty").asBoolean()).isTrue();
        assertThat(config.get("remedies")).isEmpty();
    }

    @Test
    void allMalformedFilesOfADirectoryAreSaid() throws IOException {
        Path first = Files.writeString(dir.resolve("a.scn"), "scenario a\nprocess P\ntask a in P\n  laod V[0]\n");
        Path second = Files.writeString(dir.resolve("b.scn"), "scenario b\nprocess P P\n");
        assertThat(run("run", dir.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith(first + ":4:3: no operation 'laod'"),
                        two -> assertThat(two).startsWith(second + ":2:11: "));
    }

    @Test
    void whatTheKernelRefusesIsBadInput() throws IOException {
        Path file = Files.writeString(dir.resolve("refused.scn"), """
                scenario refused
                page A kind=slab
                file D driver pages=1
                process P
                vma V in P file=D shared r pages=1 mmap=vm_insert_page:A
                task a in P
                  load V[0]
                """);
        assertThat(run("run", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("refuses what the scenario declares: mmap of V gave -EINVAL");
    }

    @Test
    void aBrokenInterleavingIsBadInput() throws IOException {
        String text = """
                scenario x
                process P
                vma V in P anon rw pages=1
                task a in P
                  load V[0]
                interleave
                  a until spin_lock ptl%s
                """;
        Path file = Files.writeString(dir.resolve("x.scn"), text.formatted(" in no_such_function"));
        assertThat(run("run", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(file + ":7:3: the model has no function 'no_such_function'");
        Files.writeString(file, text.formatted(" 99"));
        assertThat(run("run", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(file + ": the interleaving cannot be followed: turn 1 of the script");
        assertThat(run("run", file.toString(), "--fault", "B25")).isEqualTo(ExitCode.CLEAN);
    }

    @Test
    void whatIsNoTextIsBadInput() throws IOException {
        Path file = Files.write(dir.resolve("x.scn"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        assertThat(run("run", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(file + " is not a text file in UTF-8");
    }

    @Test
    void aDirectoryIsADirectoryWhateverItsName() throws IOException {
        Files.copy(Path.of(S01), Files.createDirectory(dir.resolve("d.scn")).resolve("S01.scn"));
        assertThat(run("run", dir.toString())).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString()).contains("S01: 1 run");
    }

    @Test
    void aLostResultIsOnePlainSentence() {
        PrintWriter closed = new PrintWriter(new StringWriter()) {
            @Override
            public boolean checkError() {
                return true;
            }
        };
        int exitCode = Main.commandLine()
                .setOut(closed)
                .setErr(new PrintWriter(err, true))
                .execute("faults", "--json");
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).isEqualTo("mmrace faults: cannot write standard output\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run                                         | Missing required parameter: 'SCENARIO'
            run ../scenarios/S01.scn --runs 0           | there must be 1 run at least, not 0
            run ../scenarios/S01.scn --time 5s          | --time needs --threads
            """)
    void badInputEndsWith2(String command, String message) {
        assertThat(run(command.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("mmrace run: ").contains(message);
        assertThat(out.toString()).isEmpty();
    }
}
