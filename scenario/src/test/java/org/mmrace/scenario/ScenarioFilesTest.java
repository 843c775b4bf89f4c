package org.mmrace.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mmrace.fault.Fault;
import org.mmrace.script.Scenario;
import org.mmrace.script.SequentialRun;
import org.mmrace.script.Verdict;

/** Every file of {@code scenarios/}. */
class ScenarioFilesTest {
    static List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(Path.of("../scenarios"))) {
            return walk.filter(path -> path.toString().endsWith(".scn"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(files()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("files")
    void isCalledAsItsFile(Path file) throws Exception {
        Scenario scenario = ScenarioReader.read(file);
        assertThat(file.getFileName()).hasToString(scenario.name() + ".scn");
        assertThat(scenario.title()).isNotEmpty();
    }

    /** The printed form is read as the same scenario, and printed again as the same text. */
    @ParameterizedTest
    @MethodSource("files")
    void survivesTheRoundTrip(Path file) throws Exception {
        Scenario scenario = ScenarioReader.read(file);
        String printed = ScenarioPrinter.print(scenario);
        Scenario again = ScenarioReader.parse("printed", printed);
        assertThat(again).isEqualTo(scenario);
        assertThat(ScenarioPrinter.print(again)).isEqualTo(printed);
    }

    /** A scenario of a fault names what must catch it, as its row in the catalogue does. */
    @ParameterizedTest
    @MethodSource("files")
    void violatesWhatItsFaultNames(Path file) throws Exception {
        Scenario scenario = ScenarioReader.read(file);
        Fault fault = scenario.fault();
        if (fault == null) {
            assertThat(scenario.violates()).isEmpty();
        } else {
            assertThat(scenario.violates()).isNotEmpty().isSubsetOf(fault.caughtBy());
        }
    }

    /** On a kernel without faults, one task after the other. */
    @ParameterizedTest
    @MethodSource("files")
    void showsNothingOnACorrectKernel(Path file) throws Exception {
        Scenario scenario = ScenarioReader.read(file);
        Verdict verdict = SequentialRun.run(scenario, scenario.config(false));
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.hasWrongResult()).as(verdict.toString()).isFalse();
    }

    static List<Scenario> faultsOfOneTask() throws Exception {
        List<Scenario> scenarios = new ArrayList<>();
        for (Path file : files()) {
            Scenario scenario = ScenarioReader.read(file);
            if (scenario.fault() != null && scenario.tasks().size() == 1) {
                scenarios.add(scenario);
            }
        }
        return scenarios;
    }

    /** One task needs no luck. */
    @ParameterizedTest
    @MethodSource("faultsOfOneTask")
    void showsTheFaultsOfOneTask(Scenario scenario) {
        Verdict verdict = SequentialRun.run(scenario, scenario.config(true));
        assertThat(verdict.showsOneOf(scenario.violates()))
                .as(verdict.toString())
                .isTrue();
    }
}
