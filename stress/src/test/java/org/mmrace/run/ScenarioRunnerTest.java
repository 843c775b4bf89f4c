package org.mmrace.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.check.Invariant;
import org.mmrace.op.SetupFailedException;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Outcome;
import org.mmrace.script.Scenario;

@Timeout(120)
class ScenarioRunnerTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final long RUNS = 60;

    static List<Path> concurrencyScenarios() throws IOException {
        try (Stream<Path> walk = Files.walk(Path.of("../scenarios"))) {
            return walk.filter(path -> path.getFileName().toString().matches("S\\d\\d\\.scn"))
                    .sorted()
                    .toList();
        }
    }

    private static RunResult run(Scenario scenario, boolean fault, boolean threads, long runs, Duration time) {
        RunRequest request = new RunRequest(scenario, scenario.config(fault), threads, runs, time, 1);
        return new ScenarioRunner(request).run(RunProgress.Listener.NONE);
    }

    private static Scenario scenario(String text) throws MalformedScenarioException {
        return ScenarioReader.parse("test", text);
    }

    /** On a kernel without faults nothing is violated, and every outcome is one that the scenario expects. */
    @ParameterizedTest
    @MethodSource("concurrencyScenarios")
    void concurrencyScenariosAreCleanOnThreads(Path file) throws Exception {
        RunResult result = run(ScenarioReader.read(file), false, true, RUNS, Duration.ofSeconds(10));
        assertThat(result.runs()).isPositive();
        assertThat(result.isBad()).as(RunText.of(result)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("concurrencyScenarios")
    void concurrencyScenariosAreCleanOneAfterTheOther(Path file) throws Exception {
        RunResult result = run(ScenarioReader.read(file), false, false, 1, LONG);
        assertThat(result.runs()).isEqualTo(1);
        assertThat(result.isBad()).as(RunText.of(result)).isFalse();
    }

    @Test
    void countsWhatComesOut() throws Exception {
        RunResult result = run(ScenarioReader.read(Path.of("../scenarios/S01.scn")), false, true, RUNS, LONG);
        assertThat(result.runs()).isEqualTo(RUNS);
        assertThat(result.columns()).containsExactly("a", "b", "ref", "rss");
        assertThat(result.rows().stream().mapToLong(RunResult.Row::samples).sum())
                .isEqualTo(RUNS);
        assertThat(result.rows())
                .allSatisfy(row -> assertThat(row.values()).contains("0", "-EBUSY"))
                .allSatisfy(row -> assertThat(row.grade()).isEqualTo(Outcome.Grade.ACCEPTABLE));
        assertThat(RunText.of(result)).contains("RESULT (a, b, ref, rss)", "S01: 60 runs", "no violation");
    }

    @Test
    void countsViolationsByRun() throws Exception {
        RunResult result = run(ScenarioReader.read(Path.of("../scenarios/B40.scn")), true, true, 10, LONG);
        assertThat(result.isBad()).isTrue();
        assertThat(result.violations()).containsEntry(Invariant.I19, 10L);
        assertThat(result.rows()).singleElement().satisfies(row -> {
            assertThat(row.grade()).isEqualTo(Outcome.Grade.FORBIDDEN);
            assertThat(row.samples()).isEqualTo(10);
        });
        assertThat(RunText.of(result)).contains("FORBIDDEN", "VIOLATION I19", "I19 in 10 of the runs");
    }

    @Test
    void followsTheInterleavingOfTheScenario() throws Exception {
        Scenario scenario = ScenarioReader.read(Path.of("../scenarios/B25.scn"));
        assertThat(scenario.interleaving()).isNotEmpty();
        RunResult bad = run(scenario, true, false, 1, LONG);
        assertThat(bad.diverged()).isNull();
        assertThat(bad.violations()).containsKey(Invariant.I20);
        assertThat(run(scenario, false, false, 1, LONG).isBad()).isFalse();
    }

    @Test
    void failedChecksSayWhatWasSeen() throws Exception {
        RunResult result = run(scenario("""
                scenario X
                process P
                vma V in P anon rw pages=1
                task a in P
                  store V[0] 7
                check load V[0] == 8
                """), false, false, 1, LONG);
        assertThat(result.isBad()).isTrue();
        assertThat(result.failedChecks()).containsOnlyKeys("load V[0] == 8, and it is 7");
    }

    /** The task that crashed keeps its locks; the other one is not waited for. */
    @Test
    void aCrashEndsTheRun() throws Exception {
        RunResult result = run(scenario("""
                scenario X
                page A
                file D driver pages=1
                process P
                vma V in P file=D shared r pages=1 set=VM_PFNMAP|VM_IO
                task a in P
                  vm_insert_page V[0] A
                task b in P
                  munmap V
                  load V[0]
                """), false, true, 5, LONG);
        assertThat(result.runs()).isEqualTo(5);
        assertThat(result.violations()).containsKey(Invariant.I37);
    }

    @Test
    void saysWhenAKernelRefusesTheSetup() throws Exception {
        Scenario scenario = scenario("""
                scenario X
                page A kind=slab
                file D driver pages=1
                process P
                vma V in P file=D shared r pages=1 mmap=vm_insert_page:A
                task a in P
                  load V[0]
                """);
        assertThatThrownBy(() -> run(scenario, false, false, 1, LONG))
                .isInstanceOf(SetupFailedException.class)
                .hasMessage("mmap of V gave -EINVAL");
    }

    @Test
    void comesToAnEndWhenInterrupted() throws Exception {
        Scenario scenario = ScenarioReader.read(Path.of("../scenarios/S01.scn"));
        RunRequest request = new RunRequest(scenario, scenario.config(false), true, Long.MAX_VALUE, LONG, 1);
        ScenarioRunner runner = new ScenarioRunner(request);
        RunResult result = runner.run(progress -> {
            if (progress.runs() > 0) {
                runner.interrupt();
            }
        });
        assertThat(result.interrupted()).isTrue();
        assertThat(result.runs()).isPositive();
    }

    /** A run that is cut short says nothing about the kernel: it neither hangs nor counts. */
    @Test
    @Timeout(20)
    void theRunUnderWayIsNotJudgedWhenInterrupted() throws Exception {
        Scenario scenario = ScenarioReader.read(Path.of("../scenarios/S01.scn"));
        for (int i = 0; i < 20; i++) {
            RunRequest request = new RunRequest(scenario, scenario.config(false), true, Long.MAX_VALUE, LONG, i);
            ScenarioRunner runner = new ScenarioRunner(request);
            RunResult result = runner.run(progress -> {
                if (progress.runs() > 0) {
                    runner.interrupt();
                }
            });
            assertThat(result.isBad()).as(RunText.of(result)).isFalse();
            assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aSetupThatFailsIsRefusedUnlessItsResultIsNamed() throws Exception {
        String text = """
                scenario X
                process P
                vma V in P anon r pages=1
                setup
                  %sstore V[0] 5
                task a in P
                  load V[0]
                """;
        Scenario silent = scenario(text.formatted(""));
        assertThatThrownBy(() -> run(silent, false, false, 1, LONG))
                .isInstanceOfSatisfying(SetupFailedException.class, e -> {
                    assertThat(e.line()).isEqualTo(5);
                    assertThat(e.column()).isEqualTo(3);
                })
                .hasMessage(
                        "setup: store V[0] 5 gave SIGSEGV; if it is meant to, give the result a name, as in r = store");
        assertThat(run(scenario(text.formatted("r = ")), false, false, 1, LONG).isBad())
                .isFalse();
    }

    @Test
    void aFileThatTheKernelCannotMakeIsRefused() throws Exception {
        Scenario scenario = scenario("""
                scenario X
                file F secretmem pages=1
                process P
                vma V in P file=F shared rw pages=1
                task a in P
                  load V[0]
                """);
        assertThatThrownBy(() -> run(scenario, false, false, 1, LONG))
                .isInstanceOf(SetupFailedException.class)
                .hasMessageContaining("secretmem is false");
    }

    @Test
    void aForbiddenOutcomeAloneIsSummedUp() throws Exception {
        RunResult result = run(scenario("""
                scenario X
                process P
                vma V in P anon rw pages=1
                task a in P
                  x = load V[0]
                outcome acceptable x=1
                """), false, false, 1, LONG);
        assertThat(RunText.of(result)).contains("FORBIDDEN outcome in 1 of the runs");
    }

    @Test
    void saysWhenTheFaultShowsNothing() throws Exception {
        Scenario scenario = ScenarioReader.read(Path.of("../scenarios/B25.scn"));
        Scenario other = scenario(Files.readString(Path.of("../scenarios/B25.scn"))
                .replaceAll("(?s)interleave.*?(?=\n\\S)", "")
                .replace("scenario B25", "scenario test"));
        assertThat(RunText.of(run(other, true, false, 1, LONG)))
                .contains("nothing of what the scenario names came out");
        assertThat(RunText.of(run(scenario, true, false, 1, LONG))).doesNotContain("came out");
        assertThat(RunText.of(run(scenario, false, false, 1, LONG))).doesNotContain("came out");
    }

    @Test
    void anInterleavingThatItsOwnKernelCannotFollowIsBroken() throws Exception {
        Scenario scenario = scenario("""
                scenario X
                process P
                vma V in P anon rw pages=1
                task a in P
                  load V[0]
                interleave
                  a until spin_lock ptl 99
                """);
        RunResult result = run(scenario, true, false, 1, LONG);
        assertThat(result.diverged()).contains("turn 1 of the script");
        assertThat(result.isScriptBroken()).isTrue();
        Scenario fault = ScenarioReader.read(Path.of("../scenarios/B25.scn"));
        assertThat(run(fault, true, false, 1, LONG).isScriptBroken()).isFalse();
        assertThat(run(fault, false, false, 1, LONG).isScriptBroken()).isFalse();
    }

    @Test
    void jsonHasTheNumbers() throws Exception {
        RunResult result = run(ScenarioReader.read(Path.of("../scenarios/B40.scn")), true, false, 1, LONG);
        assertThat(RunJson.of(result))
                .startsWith("{\"scenario\":\"B40\",\"series\":\"AFTER\",\"faults\":[\"B40\"],\"threads\":0")
                .contains("\"violationRuns\":{\"I19\":1}", "\"grade\":\"FORBIDDEN\"")
                .doesNotContain("\n");
    }
}
