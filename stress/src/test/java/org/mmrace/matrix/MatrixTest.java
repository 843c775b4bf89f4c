package org.mmrace.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;

class MatrixTest {
    private static final List<Fault> FAULTS = List.of(Fault.B25, Fault.B70);
    private static final Set<Fault> BOTH = Set.of(Fault.B25, Fault.B70);

    private static final String LOG = "matrix.ndjson";

    @TempDir
    Path out;

    private MatrixConfig config(Duration time, int seeds) {
        return new MatrixConfig(FAULTS, List.of("a"), time, seeds, seeds, out);
    }

    private MatrixTable run(MatrixConfig config, FaultChecker... checkers) throws Exception {
        return new Matrix(config, List.of(checkers)).run(MatrixListener.NONE);
    }

    private static ScriptedChecker checker() {
        return new ScriptedChecker("a", BOTH, Set.of(Fault.B25), false);
    }

    @Test
    @DisplayName("each cell tries its seeds with the fault, and once without it")
    void seeds() throws Exception {
        ScriptedChecker checker = checker();

        MatrixTable table = run(config(Duration.ofSeconds(1), 2), checker);

        assertThat(checker.asked)
                .containsExactly("B25 on 1", "B25 on 2", "B25 off 1", "B70 on 1", "B70 on 2", "B70 off 1");
        assertThat(table.survivors()).containsExactly(Fault.B70);
        assertThat(table.falseAlarms()).isEmpty();
        assertThat(table.rows().get(0).found().get(0).medianRuns()).isEqualTo(150);
        assertThat(table.rows().get(1).found().get(0).medianTime()).isNull();
    }

    @Test
    @DisplayName("a cell stops when its time is over, whatever seeds are left")
    void time() throws Exception {
        ScriptedChecker checker = checker();

        run(config(ScriptedChecker.EACH.multipliedBy(2), 5), checker);

        assertThat(checker.asked).filteredOn(what -> what.startsWith("B25 on")).hasSize(2);
    }

    @Test
    @DisplayName("a checker that cries without the fault is in the table")
    void falseAlarm() throws Exception {
        MatrixTable table =
                run(config(Duration.ofSeconds(1), 1), new ScriptedChecker("a", Set.of(Fault.B70), BOTH, true));

        assertThat(table.falseAlarms()).containsExactly(Fault.B70);
        assertThat(MatrixMarkdown.of(table)).contains("FOUND I10", "without the fault: B70");
    }

    @Test
    @DisplayName("what a checker cannot look for is an empty cell, not a miss")
    void notCovered() throws Exception {
        MatrixTable table =
                run(config(Duration.ofSeconds(1), 1), new ScriptedChecker("a", Set.of(Fault.B70), BOTH, false));

        assertThat(table.rows().get(0).found().get(0).trials()).isEmpty();
        assertThat(table.survivors()).isEmpty();
        assertThat(MatrixMarkdown.of(table)).containsPattern("\\| B25 +\\| +\\| not measured \\|");
    }

    @Test
    @DisplayName("a second run measures only what the first one has not")
    void resumed() throws Exception {
        MatrixConfig config = config(Duration.ofSeconds(1), 2);
        run(config, checker().interruptedAfter(4));
        ScriptedChecker second = checker();

        MatrixTable table = run(config, second);

        assertThat(second.asked).containsExactly("B70 on 2", "B70 off 1");
        assertThat(table.rows().get(1).found().get(0).trials()).hasSize(2);
        ScriptedChecker third = checker();
        assertThat(run(config, third)).isEqualTo(table);
        assertThat(third.asked).isEmpty();
    }

    @Test
    @DisplayName("what an interrupted run has not measured is neither found nor a survivor")
    void interrupted() throws Exception {
        MatrixTable table = run(config(Duration.ofSeconds(1), 2), checker().interruptedAfter(2));

        assertThat(table.survivors()).isEmpty();
        assertThat(table.unfinished()).containsExactly(Fault.B25, Fault.B70);
        assertThat(MatrixMarkdown.of(table))
                .contains("Found: 1 of 2.", "not measured completely: B25, B70")
                .containsPattern("\\| B70 +\\| not measured +\\| not measured \\|");
        assertThat(MatrixJson.of(table)).contains("\"unfinished\":[\"B25\",\"B70\"]", "\"survivors\":[]");
    }

    @Test
    @DisplayName("a line that a kill has cut off is measured again; the lines before it are kept")
    void cutOff() throws Exception {
        MatrixConfig config = config(Duration.ofSeconds(1), 2);
        run(config, checker());
        Path log = out.resolve(LOG);
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length - 7));
        ScriptedChecker again = checker();

        run(config, again);

        assertThat(again.asked).containsExactly("B70 off 1");
        assertThat(Files.readAllBytes(log)).isEqualTo(whole);
    }

    @Test
    @DisplayName("the directory of another matrix is refused, and left as it is")
    void anotherMatrix() throws Exception {
        run(config(Duration.ofSeconds(1), 2), checker());
        String before = Files.readString(out.resolve(LOG));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(config(Duration.ofSeconds(2), 2), checker()))
                .withMessageContaining("other measurements");
        assertThat(out.resolve(LOG)).hasContent(before);
    }

    @Test
    @DisplayName("a log with a line that is no trial is refused with its place")
    void damaged() throws Exception {
        MatrixConfig config = config(Duration.ofSeconds(1), 1);
        run(config, checker());
        Path log = out.resolve(LOG);
        Files.writeString(log, Files.readString(log).replaceFirst("\"fault\":\"B25\"", "\"fault\":\"B99\""));

        assertThatThrownBy(() -> run(config, checker()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(LOG + ":2: no fault B99");
    }

    @Test
    @DisplayName("the files are complete: JSON, Markdown and a page with a table")
    void files() throws Exception {
        MatrixTable table = run(config(Duration.ofSeconds(1), 1), checker());

        MatrixFiles.write(table, out);

        assertThat(out.resolve("matrix.json")).content().contains("\"id\":\"B25\"", "\"caughtBy\":[\"I20\"]");
        assertThat(out.resolve("matrix.md")).content().contains("| B25   | I20 10 ms, 100 (1/1) ");
        assertThat(out.resolve("matrix.html")).content().contains("<th>fault</th>", "<td>B25</td>", "</html>");
    }

    @Test
    @DisplayName("strategies have a table of their own, with medians, quartiles and censored seeds")
    void strategies() throws Exception {
        MatrixConfig config =
                new MatrixConfig(List.of(Fault.B25), List.of("a", "random", "pb:0"), Duration.ofSeconds(10), 1, 3, out);
        FaultScenarios scenarios = FaultScenarios.read(Path.of("../scenarios"));

        MatrixTable table = run(
                config,
                checker(),
                new StrategyChecker(scenarios, StrategyName.parse("pct:5"), 400),
                new StrategyChecker(scenarios, StrategyName.parse("pb:0"), 400));

        List<Cell> cells = table.rows().get(0).found();
        assertThat(cells.get(1).trials()).extracting(Trial::seed).containsExactly(1L, 2L, 3L);
        assertThat(cells.get(2).trials()).extracting(Trial::seed).containsExactly(0L);
        assertThat(cells.get(2).caught()).isZero(); // it takes two preemptions
        assertThat(MatrixMarkdown.of(table))
                .containsPattern("\\| fault \\| pct:5 +\\| pb:0 +\\|")
                .containsPattern("\\| B25 +\\| .*\\([123]/3\\) +\\| > \\d, .*\\(0/1\\) \\|");
        assertThat(MatrixJson.of(table)).contains("\"quartilesRuns\":[", "\"censored\":1");
        assertThat(MatrixFiles.write(table, out)).contains(out.resolve("survival.svg"));
        assertThat(out.resolve("survival/B25.svg")).content().contains("pb:0 (0/1)");
        assertThat(out.resolve("matrix.html"))
                .content()
                .contains("<img src=\"survival.svg\"", "<a href=\"survival/B25.svg\">B25</a>");
    }

    @Test
    @DisplayName("every name of a column is one of a checker or a strategy")
    void names() {
        assertThat(Checkers.names()).startsWith("replay", "threads").contains("random", "pct:3", "portfolio");
        assertThat(Checkers.names()).allMatch(name -> Checkers.parse(name).equals(name));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checkers.parse("luck"))
                .withMessageContaining("unknown strategy 'luck'")
                .withMessageContaining("other checkers are replay, threads");
    }

    @Test
    @DisplayName("stress finds what two threads meet at once, and nothing without it")
    void stress() {
        StressChecker checker = new StressChecker(
                (fault, on) -> on ? KernelConfig.of(Series.AFTER).with(fault) : KernelConfig.of(Series.AFTER));

        assertThat(checker.attempt(Fault.B09, true, 1, Duration.ofSeconds(20)))
                .hasValueSatisfying(trial -> assertThat(trial.caughtAsNamed()).isTrue());
        assertThat(checker.attempt(Fault.B09, false, 1, Duration.ofMillis(200)))
                .hasValueSatisfying(trial -> assertThat(trial.caught()).isFalse());
    }
}
