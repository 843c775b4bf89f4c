package org.mmrace.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mmrace.script.Scenario;

/** A scenario that says how a run of it has failed. */
class FailureFileTest {
    private static final ReplayBlock REPLAY =
            new ReplayBlock("I20", 111, "pct:3", -7, "0.1.0-SNAPSHOT", "2:ab12cd34:a9b=2c");

    private static final String TEXT = """
            scenario  X
            process   P
            vma       V in P anon rw pages=2
            task a in P
              load V[0]
            # VIOLATION I20: something
            replay    violation=I20 step=111 strategy=pct:3 seed=-7
            replay    version=0.1.0-SNAPSHOT
            replay    schedule=2:ab12cd34:a9b=2c
            """;

    @Test
    void whatIsPrintedIsRead() throws MalformedScenarioException {
        FailureFile read = ScenarioReader.parseFailure("x.fail", TEXT);
        assertThat(read.replay()).isEqualTo(REPLAY);
        assertThat(FailureFile.print(read.scenario(), read.replay(), "VIOLATION I20: something"))
                .isEqualTo(TEXT);
        assertThat(ScenarioReader.parse("x.fail", TEXT)).isEqualTo(read.scenario());
    }

    @Test
    void knowsWhereItSaysWhat() throws MalformedScenarioException {
        FailureFile read = ScenarioReader.parseFailure("x.fail", TEXT);
        assertThat(read.problem("strategy", "no")).hasToString("x.fail:7:43: no");
        assertThat(read.problem("schedule", "no")).hasToString("x.fail:9:20: no");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            step=111          | stp=111           | 7:25: expected KEY=VALUE, not 'stp=111'; keys: violation step
            step=111          | 111               | 7:25: expected KEY=VALUE, not '111'; keys: violation step
            step=111          | step=-1           | 7:25: '-1' is no step
            seed=-7           | step=5            | 7:49: 'step' is given twice
            seed=-7           | seed=x            | 7:49: 'x' is no seed
            schedule=2:ab     | schedule=ab       | 9:11: 'ab12cd34:a9b=2c' is no schedule
            violation=I20     | violation=I99     | 7:11: 'I99' is no violation: expected an invariant such as I20
            version=0.1.0-SNAPSHOT | ''           | 8:1: expected KEY=VALUE after 'replay'; keys: violation step
            """)
    void malformedLinesAreRefusedAtTheirPlace(String from, String to, String problem) {
        assertThatThrownBy(() -> ScenarioReader.parse("x.fail", TEXT.replace(from, to)))
                .isInstanceOf(MalformedScenarioException.class)
                .hasMessageContaining("x.fail:" + problem);
    }

    @Test
    void aScenarioIsNoFailureFile() {
        String scenario = TEXT.substring(0, TEXT.indexOf("replay"));
        assertThatThrownBy(() -> ScenarioReader.parseFailure("x.scn", scenario))
                .hasMessage("x.scn:1:1: expected a line 'replay schedule=...': this is a scenario, not a failure file");
        assertThatThrownBy(
                        () -> ScenarioReader.parseFailure("x.fail", TEXT.substring(0, TEXT.indexOf("replay    sch"))))
                .hasMessage("x.fail:8:1: expected 'replay schedule=...' as well");
    }

    @Test
    void whatNoRunDependsOnIsNotPartOfTheProgram() throws MalformedScenarioException {
        Scenario scenario = ScenarioReader.parse("x.scn", TEXT);
        Scenario other = ScenarioReader.parse("y.scn", "# hello\n" + TEXT.replace("process ", "title Hi\nprocess "));
        Scenario changed = ScenarioReader.parse("z.scn", TEXT.replace("V[0]", "V[1]"));
        assertThat(ScenarioPrinter.program(other)).isEqualTo(ScenarioPrinter.program(scenario));
        assertThat(ScenarioPrinter.program(changed)).isNotEqualTo(ScenarioPrinter.program(scenario));
    }
}
