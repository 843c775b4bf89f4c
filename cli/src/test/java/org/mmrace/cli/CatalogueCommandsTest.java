package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mmrace.fault.Fault;
import org.mmrace.finding.Finding;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code mmrace faults} and {@code mmrace findings}. */
class CatalogueCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    private JsonNode json(String... args) {
        assertThat(run(args)).isEqualTo(ExitCode.CLEAN);
        return JsonMapper.builder().build().readTree(out.toString());
    }

    @Test
    void listsAllFaultsInAlignedColumns() {
        assertThat(run("faults")).isEqualTo(ExitCode.CLEAN);
        List<String> lines = out.toString().lines().toList();
        int title = lines.get(0).indexOf("what goes wrong");
        for (Fault fault : Fault.values()) {
            assertThat(lines)
                    .anyMatch(line -> line.startsWith(fault.id() + " ")
                            && line.indexOf(fault.title().substring(0, 8)) == title);
        }
        assertThat(lines).allMatch(line -> line.length() <= 120);
    }

    @Test
    void listsAllFaultsAsJson() {
        JsonNode faults = json("faults", "--json");
        assertThat(faults).hasSize(Fault.values().length);
        JsonNode b25 = Stream.of(Fault.values())
                .filter(fault -> fault == Fault.B25)
                .map(fault -> faults.get(fault.ordinal()))
                .findFirst()
                .orElseThrow();
        assertThat(b25.get("id").asString()).isEqualTo("B25");
        assertThat(b25.get("title").asString()).isEqualTo(Fault.B25.title());
        assertThat(b25.get("origin").asString()).isEqualTo("57efa1fe5957");
        assertThat(b25.get("tasks").asInt()).isEqualTo(2);
        assertThat(b25.get("caughtBy").toString()).isEqualTo("[\"I20\",\"I23\"]");
        assertThat(b25.get("scenario").asString()).isEqualTo("scenarios/B25.scn");
    }

    @Test
    void showsThePageOfAFaultAsPlainText() {
        assertThat(run("faults", "b25")).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString())
                .startsWith("B25: a fast pin races with COW during fork\n======")
                .contains("\ncaught by  I20, I23\n")
                .contains("\nfork                                   ", "fast pin\n")
                .doesNotContain("|", "`", "](", "##");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 120);
    }

    @ParameterizedTest
    @CsvSource({"faults,B2,B02", "faults,25,B25", "faults,B255,B25", "findings,F2,F02"})
    void suggestsWhatWasMeant(String command, String id, String meant) {
        assertThat(run(command, id)).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("'" + id + "'; did you mean ", meant, "Try 'mmrace " + command);
    }

    @Test
    void saysWhatThereIsWhenNothingIsNear() {
        assertThat(run("faults", "dirtycow")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("unknown fault 'dirtycow'; there are B01 to F06");
    }

    @Test
    void listsAllFindingsWithTheirProof() {
        assertThat(run("findings")).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString())
                .contains(
                        "none on a real kernel",
                        "12 cases of linux-6.12.jsonl.gz",
                        "finish_mkwrite_fault() gives SIGBUS");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void listsAllFindingsAsJson() {
        JsonNode findings = json("findings", "--json");
        assertThat(findings).hasSize(Finding.values().length);
        assertThat(findings.get(0).get("cases")).isEmpty();
        assertThat(findings.get(0).get("recording").isNull()).isTrue();
        assertThat(findings.get(2).get("id").asString()).isEqualTo("F03");
        assertThat(findings.get(2).get("cases")).hasSize(9);
        assertThat(findings.get(2).get("remedy").asString()).isEqualTo("F03");
    }

    @ParameterizedTest
    @EnumSource(Finding.class)
    void showsThePageOfAFindingAndItsCases(Finding finding) {
        assertThat(run("findings", finding.name())).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString()).startsWith(finding.name() + ": ").contains("What would close it");
        assertThat(out.toString().lines().map(String::strip)).containsAll(finding.cases());
    }
}
