package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mmrace.verify.Checker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class VerifyCommandTest {
    private static final String OTHER =
            "{\"test\":\"org.mmrace.jcstress.RwSemTests.Read\",\"actors\":3,\"interesting\":false}\n";
    private static final String SEEN =
            FakeTree.result("CanaryTests.LostIncrement", "NORMAL", "1", 1234, "ACCEPTABLE_INTERESTING");

    @TempDir
    private Path dir;

    private FakeTree tree;

    @BeforeEach
    void build() throws IOException {
        tree = new FakeTree(dir, "17.0.15").file("list", FakeTree.CANARY);
    }

    private int jcstress(String... args) {
        return tree.run(Checker.JCSTRESS, args);
    }

    private String lastLine() {
        return tree.out.toString().lines().reduce((first, second) -> second).orElse("");
    }

    @Test
    void everythingInOrder() throws IOException {
        tree.file("results", SEEN);
        assertThat(jcstress()).isEqualTo(ExitCode.CLEAN);
        assertThat(tree.err.toString()).startsWith("jcstress  1 test  JDK 17.0.15  1 fork of 5 x 200 ms");
        assertThat(tree.out.toString())
                .contains("CanaryTests.LostIncrement  seen", "*[1] 1 234", "1 of 1 test ran", "1 seen");
        assertThat(tree.results.resolve("verify-jcstress.xml")).content().contains("tests=\"1\" failures=\"0\"");
    }

    @Test
    void forbiddenOutcomeIsFoundAndTheCommandRunsItAgain() throws IOException {
        tree.file("list", FakeTree.CANARY + OTHER)
                .file("results", SEEN + FakeTree.result("RwSemTests.Read", "NORMAL", "0, 1", 1, "FORBIDDEN"))
                .file("run", "echo 'RUN RESULTS:'; exit 1\n");
        assertThat(jcstress("--time", "30s")).isEqualTo(ExitCode.FOUND);
        assertThat(tree.out.toString()).contains("RwSemTests.Read            FORBIDDEN", "![0, 1] 1");
        assertThat(lastLine()).startsWith("mmrace verify jcstress --tests '\\.(RwSemTests\\.Read)$' --time 30s --out ");
        assertThat(tree.results.resolve("verify-jcstress.xml")).content().contains("<failure message=\"FORBIDDEN\">");
    }

    @Test
    void testThatDidNotRunFails() throws IOException {
        tree.file("list", FakeTree.CANARY + OTHER).file("results", SEEN);
        assertThat(jcstress()).isEqualTo(ExitCode.FOUND);
        assertThat(tree.out.toString()).contains("did not run: RwSemTests.Read", "1 of 2 tests ran");
    }

    @Test
    void canaryThatIsNotSeenFails() throws IOException {
        tree.file("results", FakeTree.result("CanaryTests.LostIncrement", "NORMAL", "1", 0, "ACCEPTABLE_INTERESTING"));
        assertThat(jcstress()).isEqualTo(ExitCode.FOUND);
        assertThat(tree.out.toString()).contains("BLIND: CanaryTests.LostIncrement", "cannot see races here");
    }

    @Test
    void missingCanaryDidNotRun() throws IOException {
        tree.file("list", OTHER).file("results", FakeTree.result("RwSemTests.Read", "NORMAL", "1", 5, "ACCEPTABLE"));
        assertThat(jcstress()).isEqualTo(ExitCode.FOUND);
        assertThat(tree.out.toString()).contains("did not run: CanaryTests");
        assertThat(jcstress("--tests", "RwSem")).isEqualTo(ExitCode.CLEAN);
    }

    @Test
    void nothingRan() {
        assertThat(jcstress()).isEqualTo(ExitCode.NOTHING_RAN);
        assertThat(jcstress("--tests", "NoSuch")).isEqualTo(ExitCode.NOTHING_RAN);
        assertThat(tree.err.toString()).contains("mmrace verify jcstress: no test has 'NoSuch' in its name");
    }

    @Test
    void checkerThatDiesKeepsWhatItPrinted() throws IOException {
        tree.file("list", FakeTree.CANARY + OTHER).file("run", """
                cat <<'END'
                .......... [OK] org.mmrace.jcstress.CanaryTests.LostIncrement
                  RESULT     SAMPLES     FREQ       EXPECT  DESCRIPTION
                       1  13,612,356   25.89%  Interesting  Both read 0, and one increment is lost.
                (Results: 2 planned; 1 passed, 0 failed, 0 soft errs, 0 hard errs)
                END
                kill -9 $$
                """);
        assertThat(jcstress()).isEqualTo(ExitCode.FAILED);
        assertThat(tree.out.toString())
                .contains("*[1] 13 612 356", "1 not reached", "BROKEN OFF: jcstress was ended by signal 9");
        assertThat(tree.results.resolve("verify-jcstress.xml")).content().contains("comes to its own end");
        assertThat(Files.readString(tree.results.resolve("jcstress/output.log")))
                .contains("13,612,356");
    }

    @Test
    void jsonIsOneObject() throws IOException {
        tree.file("results", SEEN);
        assertThat(jcstress("--json")).isEqualTo(ExitCode.CLEAN);
        assertThat(tree.out.toString().lines()).hasSize(1);
        JsonNode json = JsonMapper.builder().build().readTree(tree.out.toString());
        assertThat(json.get("tests").get(0).get("verdict").asString()).isEqualTo("SEEN");
        assertThat(json.get("verdicts").get("SEEN").asInt()).isEqualTo(1);
    }

    @Test
    void lincheckFailureIsFoundWithItsReport() throws IOException {
        String id = "[engine:junit-jupiter]/[class:org.mmrace.lincheck.CanaryLincheckTest]/[method:a()]";
        tree.file(
                        "discover",
                        "| |  uniqueId: " + id + "\n| |    source: MethodSource [className ="
                                + " 'org.mmrace.lincheck.CanaryLincheckTest', methodName = 'a', x]\n")
                .file(
                        "events",
                        "<e:events xmlns:e=\"e\"><e:started id=\"1\" name=\"a()\" time=\"2026-11-24T23:58:02Z\"><uniqueId>"
                                + id + "</uniqueId><type>TEST</type></e:started><e:finished id=\"1\""
                                + " time=\"2026-11-24T23:58:03Z\"><result status=\"FAILED\"><throwable"
                                + " assertionError=\"true\">no race seen</throwable></result></e:finished></e:events>")
                .file("run", "exit 1\n");
        assertThat(tree.run(Checker.LINCHECK, "--tests", "Canary")).isEqualTo(ExitCode.FOUND);
        assertThat(tree.out.toString()).contains("BLIND: CanaryLincheckTest.a", "    no race seen");
        assertThat(tree.results.resolve("verify-lincheck.xml")).content().contains("no race seen");
    }

    @Test
    void lincheckRefusesAnotherJdk() throws IOException {
        tree.file("release", "JAVA_VERSION=\"25.0.3\"\n");
        assertThat(tree.run(Checker.LINCHECK)).isEqualTo(ExitCode.USAGE);
        assertThat(tree.err.toString()).contains("--jdk is JDK 25.0.3, but Lincheck tells the truth on 17 only");
    }

    @Test
    void withoutTheLauncherTheMessageSaysWhatIsMissing() {
        assertThat(tree.run(Checker.JCSTRESS, Map.of())).isEqualTo(ExitCode.FAILED);
        assertThat(tree.err.toString().lines()).hasSize(1);
        assertThat(tree.err.toString()).contains("./mmrace", "MMRACE_HOME");
        assertThat(tree.run(Checker.JCSTRESS, Map.of("MMRACE_HOME", dir.toString())))
                .isEqualTo(ExitCode.FAILED);
        assertThat(tree.err.toString()).contains("jcstress-tests.jar is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --time=soon          | 'soon' is not a duration
            --time=0s            | '0s' is less than 1ms
            --tests=(            | '(' is not a regular expression: Unclosed group
            --jdk=/no/such       | --jdk is not a JDK: /no/such
            --surprise           | Unknown option: '--surprise'
            """)
    void badInputIsOneLineAndEndsWith2(String option, String message) {
        assertThat(Main.commandLine().setErr(new PrintWriter(tree.err, true)).execute("verify", "jcstress", option))
                .isEqualTo(ExitCode.USAGE);
        assertThat(tree.err.toString()).contains(message).startsWith("mmrace verify jcstress: ");
        assertThat(tree.err.toString().lines()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void withoutACheckerThereIsNothingToRun() {
        assertThat(Main.commandLine().setErr(new PrintWriter(tree.err, true)).execute("verify"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(tree.err.toString()).contains("jcstress", "lincheck");
    }
}
