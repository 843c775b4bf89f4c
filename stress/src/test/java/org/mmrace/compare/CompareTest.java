package org.mmrace.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mmrace.fault.Fault;
import org.mmrace.matrix.FaultScenarios;
import org.mmrace.matrix.Trial;
import org.mmrace.statistics.PairedLogs;

class CompareTest {
    private static final Manifest MANIFEST = new Manifest("0.1", "cafe", "25", "a machine", 2);

    @TempDir
    private Path out;

    private CompareConfig config(int seeds, long executions, String... strategies) {
        return new CompareConfig(
                List.of(Fault.B12, Fault.B21), List.of(strategies), strategies[0], seeds, executions, out);
    }

    private static List<Trial> trials(Fault fault, String strategy, long... runs) {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < runs.length; i++) {
            List<String> broken = runs[i] < 100 ? List.of("I04") : List.of();
            trials.add(new Trial(fault, strategy, true, i + 1, broken, Duration.ofMillis(runs[i]), runs[i]));
        }
        return trials;
    }

    /** 100 executions are the budget. */
    private CompareTable table() {
        List<Trial> trials = new ArrayList<>();
        trials.addAll(trials(Fault.B12, "random", 10, 20, 30, 40, 50, 100));
        trials.addAll(trials(Fault.B12, "pos", 1, 2, 3, 4, 5, 6));
        trials.addAll(trials(Fault.B12, "pb:1", 3));
        trials.addAll(trials(Fault.B21, "random", 10, 10, 10, 10, 10, 10));
        trials.addAll(trials(Fault.B21, "pos", 10, 10, 10, 10, 10, 10));
        trials.addAll(trials(Fault.B21, "pb:1", 100));
        return CompareTable.of(config(6, 100, "random", "pos", "pb:1"), trials);
    }

    @Test
    void aFasterStrategyIsToldFromOneThatIsNot() {
        CompareTable.Row b12 = table().rows().get(0);
        CompareTable.Test faster = Objects.requireNonNull(b12.cell("pos").test());
        assertThat(faster.a12()).isZero();
        assertThat(faster.logRank().p()).isLessThan(0.01);
        assertThat(faster.holm()).isCloseTo(2 * faster.logRank().p(), within(1e-12));
        CompareTable.Test same =
                Objects.requireNonNull(table().rows().get(1).cell("pos").test());
        assertThat(same.a12()).isEqualTo(0.5);
        assertThat(same.holm()).isEqualTo(1);
    }

    @Test
    void oneObservationIsNotTested() {
        CompareTable.Row b12 = table().rows().get(0);
        assertThat(b12.cell("pb:1").trials()).hasSize(1);
        assertThat(b12.cell("pb:1").test()).isNull();
        assertThat(b12.cell("random").test()).isNull();
    }

    @Test
    void overAllFaultsCostsAreComparedInPairs() {
        CompareTable.Total pos = table().totals().get(1);
        assertThat(pos.found()).isEqualTo(12);
        assertThat(pos.always()).isEqualTo(2);
        PairedLogs costs = Objects.requireNonNull(pos.executions());
        assertThat(costs.wins()).isEqualTo(1);
        assertThat(costs.ties()).isEqualTo(1);
        // means 3.5 against 41.67, and 10 against 10
        assertThat(costs.ratio()).isCloseTo(Math.sqrt(3.5 * 6 / 250), within(1e-9));
        assertThat(table().totals().get(2).never()).isEqualTo(1);
    }

    @Test
    void theTextSaysHowItWasMeasuredAndWhatIsCensored() {
        String text = CompareMarkdown.of(table(), MANIFEST);
        assertThat(text)
                .contains("seeds 1 to 6, at most 100 executions each; baseline random")
                .contains("commit cafe", "JDK 25; a machine, 2 cores")
                .containsPattern("\\| random +\\| 11/12 = 91.7 % \\[64.6, 98.5] +\\| 1 +\\| 0 +\\| baseline")
                .containsPattern("\\| B12 +\\| random +\\| 5/6 +\\| 35 \\[20, 50] ")
                .containsPattern("\\| B12 +\\| pos +\\| 6/6 +\\| 4 \\[2, 5] .*0.00 large")
                .containsPattern("\\| B21 +\\| pb:1 +\\| 0/1 +\\| > 100 ");
    }

    @Test
    void theFilesHaveTheRawDataAndAFigureForEachFault() throws IOException {
        List<Path> files = CompareFiles.write(table(), MANIFEST);
        assertThat(files).allMatch(Files::exists);
        assertThat(Files.readString(out.resolve("compare.csv")))
                .startsWith("fault,strategy,seed,found,executions,millis,broken\nB12,random,1,1,10,10.000,I04\n")
                .contains("B12,random,6,0,100,100.000,\n");
        assertThat(Files.readString(out.resolve("compare.json"))).contains("\"commit\":\"cafe\"", "\"a12\":0.0");
        assertThat(Files.readString(out.resolve("figures/B12.svg"))).contains("<svg", "random (5/6)", "commit cafe");
        assertThat(out.resolve("survival-time.svg")).exists();
    }

    @Test
    void anInterruptedComparisonGoesOnWhereItEnded() throws IOException {
        FaultScenarios scenarios = FaultScenarios.read(Path.of("../scenarios"));
        CompareConfig config = config(2, 60, "random", "pb:0");
        Compare first = new Compare(config, scenarios);
        List<String> measured = new ArrayList<>();
        CompareTable half = first.run((trial, done, total) -> {
            measured.add(trial.fault() + " " + trial.checker() + " " + trial.seed());
            if (done == 4) {
                first.interrupt();
            }
        });
        assertThat(half.unfinished()).containsExactly(Fault.B21);
        assertThat(measured).containsExactlyInAnyOrder("B12 random 1", "B12 pb:0 0", "B12 random 2", measured.get(3));

        List<String> rest = new ArrayList<>();
        CompareTable whole = new Compare(config, scenarios)
                .run((trial, done, total) -> rest.add(trial.fault() + " " + trial.checker()));
        assertThat(rest).hasSize(2).allMatch(place -> place.startsWith("B21"));
        assertThat(whole.unfinished()).isEmpty();
        assertThat(whole.rows().get(0)).isEqualTo(half.rows().get(0));
        CompareConfig other = config(3, 60, "random", "pb:0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Compare(other, scenarios).run(Compare.Listener.NONE))
                .withMessageContaining("other measurements");
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(1, 1, "random"))
                .withMessage("a comparison needs a fault and two strategies");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CompareConfig(List.of(Fault.B12), List.of("a", "b"), "c", 1, 1, out))
                .withMessageContaining("the baseline c is not among");
        assertThatIllegalArgumentException().isThrownBy(() -> config(0, 1, "random", "pos"));
    }

    @Test
    void theManifestSaysWhereItIs() {
        Manifest here = Manifest.here("0.1", out);
        assertThat(here.commit()).isEqualTo("unknown"); // no source tree
        assertThat(here.cores()).isPositive();
        assertThat(here.json()).containsKeys("version", "commit", "jdk", "machine", "cores");
    }
}
