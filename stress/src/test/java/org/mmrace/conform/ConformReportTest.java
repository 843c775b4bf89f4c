package org.mmrace.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goldens are refreshed with {@code -Dgolden=overwrite}, and reviewed as a diff. */
class ConformReportTest {
    private static final Path GOLDENS = Path.of("src/test/resources/org/mmrace/conform");

    private static void assertGolden(String name, String actual) {
        try {
            if ("overwrite".equals(System.getProperty("golden"))) {
                Files.writeString(GOLDENS.resolve(name), actual);
            }
            try (InputStream in = Files.newInputStream(GOLDENS.resolve(name))) {
                assertThat(actual).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConformReport run(CaseReplayer replayer) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append(Cases.LINE
                            .replace("\"id\":\"a\"", "\"id\":\"case " + i + "\"")
                            .replace("core", i < 10 ? "core" : "huge")
                            .replace("6.12", i % 2 == 0 ? "6.12" : "6.1"))
                    .append('\n');
        }
        Conformance conformance = new Conformance(replayer, EnumSet.allOf(RecordedScope.class));
        return conformance.run(List.of(Cases.read(text.toString())), () -> {});
    }

    /** Wrong in some cases, in various ways. */
    private static CaseReplay wrong(RecordedCase recorded) {
        return switch (recorded.id()) {
            case "case 1", "case 2", "case 3" -> Cases.with(recorded, 0, "pte", "Za");
            case "case 4" -> Cases.with(recorded, 0, "fault_calls", 5);
            case "case 5" -> Cases.with(recorded, 0, "fault_calls", 4);
            case "case 6" -> Cases.with(recorded, 0, "fault_calls", 5);
            case "case 7" -> throw new IllegalStateException("page 3 of 2\nand more");
            case "case 8" ->
                new CaseReplay(
                        null,
                        0,
                        recorded.driverResult(),
                        List.of("VM_IO"),
                        "-",
                        List.of(Map.of("ret", 0), CaseReplay.hang()),
                        Map.of());
            case "case 10", "case 11" -> CaseReplay.notModelled("PMD mappings");
            default -> Cases.echo(recorded);
        };
    }

    @Test
    void textOfAnEqualRunIsTheCounts() {
        assertThat(ConformText.of(run(Cases.ECHO)).lines())
                .containsExactly(
                        "core        6.1    5 /  5 equal",
                        "core        6.12   5 /  5 equal",
                        "huge        6.1    1 /  1 equal",
                        "huge        6.12   1 /  1 equal");
    }

    @Test
    void text() {
        assertGolden("report.txt", ConformText.of(run(ConformReportTest::wrong)));
    }

    @Test
    void json() {
        assertGolden("report.json", ConformJson.of(run(ConformReportTest::wrong)) + "\n");
    }

    @Test
    void jsonHasThePromisedFields() {
        JsonNode json = JsonMapper.shared().readTree(ConformJson.of(run(ConformReportTest::wrong)));
        assertThat(json.path("cases").intValue()).isEqualTo(12);
        assertThat(json.path("equal").intValue()).isEqualTo(2);
        assertThat(json.path("different").intValue()).isEqualTo(10);
        assertThat(json.path("scopes").path("core").path("cases").intValue()).isEqualTo(10);
        assertThat(json.path("scopes").path("huge").path("equal").intValue()).isZero();
        assertThat(json.path("differences").get(0).propertyNames())
                .containsExactly("id", "kernel", "step", "field", "expected", "actual");
    }
}
