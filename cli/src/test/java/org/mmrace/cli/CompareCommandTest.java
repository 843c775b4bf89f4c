package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {
    private final Printed printed = new Printed();
    private final StringWriter out = printed.out;
    private final StringWriter err = printed.err;

    @TempDir
    private Path dir;

    private int compare(Map<String, String> environment, String... args) {
        List<String> words = new ArrayList<>(List.of(args));
        words.addAll(List.of("--out", dir.toString()));
        return printed.alone(new CompareCommand(environment), words.toArray(String[]::new));
    }

    private int compare(String args) {
        return compare(Map.of("MMRACE_HOME", ".."), args.split(" ", -1));
    }

    @Test
    void theTableIsPrintedAndTheFilesAreNamed() {
        assertThat(compare("--strategies random,pos,pb:0 --fault B12,B21 --seeds 2 --executions 30"))
                .isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString()).startsWith("# Strategies compared\n").contains("2 faults; seeds 1 to 2, at most 30");
        assertThat(err.toString())
                .contains("compare  random pos pb:0  at 2 faults", "wrote " + dir.resolve("survival.svg"));
    }

    @Test
    void jsonIsOneObjectWithTheBaselineThatWasAskedFor() {
        assertThat(compare("--strategies random,pos --baseline pos --fault B21 --seeds 2 --executions 30 --json"))
                .isEqualTo(ExitCode.CLEAN);
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.get("baseline").asString()).isEqualTo("pos");
        assertThat(json.get("faults")).hasSize(1);
        assertThat(json.get("manifest").get("cores").asInt()).isPositive();
    }

    @Test
    void withoutASourceTreeThereAreNoScenarios() {
        assertThat(compare(Map.of(), "--seeds", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("scenarios are in the source tree");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --strategies random                     | a comparison needs a fault and two strategies
            --strategies random,luck                | unknown strategy 'luck'
            --strategies random,pos --baseline urw  | the baseline urw is not among the strategies random, pos
            --fault B99                             | unknown fault 'B99'
            --seeds 0                               | there must be a seed and an execution at least
            """)
    void badInputEndsWith2(String arguments, String message) {
        assertThat(compare(arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("compare: ").contains(message);
        assertThat(out.toString()).isEmpty();
    }
}
