package org.mmrace.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.minimise.Symptom;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.explore.trace.Trace;
import org.mmrace.explore.trace.TraceStep;
import org.mmrace.explore.trace.TraceText;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.script.Scenario;

/**
 * What readers see, against files in src/test/resources/traces. When a text changes on purpose: what it is now is in
 * target/traces.
 */
class TraceTextTest {
    private static final Path EXPECTED = Path.of("src/test/resources/traces");
    private static final Path ACTUAL = Path.of("target/traces");
    private static final TaskPool POOL = new TaskPool();

    @AfterAll
    static void close() {
        POOL.close();
    }

    /** Line numbers of the model move with every change of it. */
    private static String withoutLineNumbers(String text) {
        return text.replaceAll("\\.java:\\d+", ".java:*");
    }

    @ParameterizedTest
    @CsvSource({"B25, 120, false", "B70, 100, false", "B08, 120, false", "S06, 120, false", "B31, 120, true"})
    void columnsAreAsInTheFile(String scenario, int width, boolean allSteps) throws IOException {
        String text =
                withoutLineNumbers(TraceText.of(Runs.scripted(POOL, scenario), new TraceText.Style(width, allSteps)));
        String name = scenario + (allSteps ? "-all" : "") + ".txt";
        Files.createDirectories(ACTUAL);
        Files.writeString(ACTUAL.resolve(name), text, UTF_8);
        assertThat(text).isEqualTo(Files.readString(EXPECTED.resolve(name), UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"B04, FORBIDDEN outcome {", "B16c, FAILED check "})
    void aWrongResultHasItsMarkAndIsInTheFile(String scenario, String what) {
        Trace trace = Runs.scripted(POOL, scenario);
        assertThat(TraceText.of(trace, TraceText.Style.PLAIN)).startsWith(what).contains("\n   !!  " + what);
        assertThat(Failure.of(trace, new Symptom(Fault.OUTCOME), "scripted", 0).text("1"))
                .contains("\n# " + what);
    }

    @Test
    void noLineIsLongerThanWasAskedFor() {
        Trace trace = Runs.scripted(POOL, "S06");
        String columns = TraceText.of(trace, new TraceText.Style(100, true));
        String lines = columns.substring(columns.indexOf(" step  "));
        assertThat(lines.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(100));
    }

    @Test
    void everyStepIsShownWhenAllAreAskedFor() {
        Trace trace = Runs.scripted(POOL, "B25");
        String all = TraceText.of(trace, new TraceText.Style(120, true));
        assertThat(trace.steps())
                .allSatisfy(step -> assertThat(all)
                        .contains(String.format("%n%5d  ", step.number()).replace("\r", "")));
        assertThat(all).doesNotContain(" .. ");
    }

    @Test
    void stepsHaveNamesValuesAndLines() {
        Trace trace = Runs.scripted(POOL, "B25");
        assertThat(trace.steps()).extracting(TraceStep::number).first().isEqualTo(1);
        assertThat(trace.steps()).extracting(TraceStep::location).contains("pte[V+0]", "ref[20]", "mmap_lock:mm1");
        assertThat(trace.steps()).allSatisfy(step -> {
            assertThat(step.location()).doesNotContain("#").doesNotContain("@");
            assertThat(step.source()).isNotEmpty();
        });
        TraceStep shared = trace.steps().stream()
                .filter(step -> step.location().equals("pte[V+0]") && step.changed())
                .findFirst()
                .orElseThrow();
        assertThat(shared.before()).isEqualTo("Nwda:20");
        assertThat(shared.after()).isEqualTo("Nda:20");
    }

    @Test
    void theViolationIsAtTheStepThatBrokeTheInvariant() {
        Trace trace = Runs.scripted(POOL, "B25");
        TraceStep step = trace.steps().get(trace.violatingStep() - 1);
        assertThat(step.location()).isEqualTo("page 20 flags");
        assertThat(step.violations())
                .extracting(violation -> violation.invariant().name())
                .containsExactly("I20");
        assertThat(trace.atRest()).hasSize(1);
    }

    @Test
    void switchesSayWhy() {
        Trace trace = Runs.scripted(POOL, "B25");
        assertThat(trace.steps())
                .extracting(TraceStep::handOver)
                .filteredOn(handOver -> handOver != null)
                .extracting(Object::toString)
                .containsExactly("preempted at cmpxchg page 20 flags", "finished");
        assertThat(trace.preemptions()).isEqualTo(1);
        assertThat(trace.switches()).isEqualTo(2);
    }

    /** Names of cells come from the machine, and looking at it must not be a step. */
    @ParameterizedTest
    @ValueSource(strings = {"B16a", "B25", "B34", "B42", "B57", "S06"})
    void recordingChangesNothing(String name) {
        Scenario scenario = Runs.scenario(name);
        KernelConfig config = scenario.config(true);
        POOL.drive(() -> {
            for (long seed = 0; seed < 2; seed++) {
                ControlledRun plain = ControlledRun.of(scenario, config, POOL, new RandomWalk(seed));
                ControlledRun recorded =
                        Trace.of(scenario, config, POOL, new RandomWalk(seed)).run();
                assertThat(recorded.ending().schedule())
                        .isEqualTo(plain.ending().schedule());
                assertThat(recorded.ending().steps()).isEqualTo(plain.ending().steps());
                assertThat(recorded.verdict().toString())
                        .isEqualTo(plain.verdict().toString());
            }
            return POOL;
        });
    }
}
