package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ViolationFileTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static StressResult violating() {
        return Campaigns.run(
                Campaigns.of(KernelConfig.of(Series.BEFORE)).threads(2).seed(7));
    }

    @Test
    void saysWhatWasFoundAndHowToFindItAgain(@TempDir Path dir) throws IOException {
        StressResult result = violating();
        Path file = ViolationFile.in(dir.resolve("new/dir")).write(result, "mmrace stress --seed 7", Map.of());
        assertThat(file).hasFileName("violation-7.json");
        JsonNode json = MAPPER.readTree(Files.readString(file));
        assertThat(json.get("invariant").asString())
                .isEqualTo(result.violations().get(0).invariant().name());
        assertThat(json.get("seed").asLong()).isEqualTo(7);
        assertThat(json.get("config").get("series").asString()).isEqualTo("BEFORE");
        assertThat(json.get("config").get("release").asString()).isEqualTo("6.11");
        assertThat(json.get("config").get("remedies")).isEmpty();
        assertThat(json.get("config").get("refLimit").asLong()).isEqualTo(1L << 31);
        assertThat(json.get("mix").get("forker").asDouble()).isEqualTo(0.1);
        assertThat(json.get("objects")).isNotEmpty();
        assertThat(json.get("reproduce").asString()).isEqualTo("mmrace stress --seed 7");
        assertThat(json.get("lastOperations").propertyNames()).containsExactly("worker-0", "worker-1");
        assertThat(json.get("violations").get(0).get("message").asString()).isNotEmpty();
    }

    @Test
    void refusesADirectoryThatIsNone(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");
        assertThatThrownBy(() -> ViolationFile.in(file)).isInstanceOf(IOException.class);
    }

    @Test
    void leavesNothingBehindIfThereIsNothingToWrite(@TempDir Path dir) throws IOException {
        ViolationFile.in(dir);
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void theResultForProgramsHasTheFieldsOfTheIssue() {
        JsonNode json = MAPPER.readTree(StressJson.of(violating(), Map.of()));
        assertThat(json.propertyNames())
                .contains("ops", "opsPerSecond", "epochs", "audits", "violations", "seed", "config");
        assertThat(json.get("violations").get(0).get("invariant").asString()).startsWith("I");
        assertThat(StressJson.of(violating(), Map.of()).lines()).hasSize(1);
    }
}
