package org.mmrace.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    private static final RecordedCase RECORDED = Cases.one(Cases.LINE);
    private static final String WARNING = "WARNING: CPU: 0 PID: 9 at mm/memory.c:2166 insert_pfn+0x120/0x180";

    private static Difference difference(int step, String field, @Nullable Object expected, @Nullable Object actual) {
        return new Difference("a", "6.12", step, field, expected, actual);
    }

    private static CaseReplay exit(String field, Object value) {
        CaseReplay echo = Cases.echo(RECORDED);
        Map<String, Object> exit = new HashMap<>(echo.exit());
        exit.put(field, value);
        return new CaseReplay(
                null,
                echo.mmap(),
                echo.driverResult(),
                echo.vmFlagsAfterMmap(),
                echo.pteAfterMmap(),
                echo.steps(),
                exit);
    }

    @Test
    void echoOfTheBundledRecordingsIsEqual() throws IOException {
        Conformance conformance = new Conformance(Cases.ECHO, EnumSet.allOf(RecordedScope.class));
        ConformReport report = conformance.run(RecordingReader.bundled(), () -> {});
        assertThat(report.total()).isEqualTo(new ConformReport.Count(2930, 2930));
        assertThat(report.of(RecordedScope.CORE)).isEqualTo(new ConformReport.Count(2670, 2670));
        assertThat(report.differences()).isEmpty();
    }

    /** No recorded value may be forgotten: each one, changed on its own, is exactly one difference. */
    @Test
    void everyValueOfTheBundledRecordingsIsCompared() throws IOException {
        for (Recording recording : RecordingReader.bundled()) {
            for (RecordedCase recorded : recording.cases()) {
                for (int i = 0; i < recorded.steps().size(); i++) {
                    for (String field : recorded.steps().get(i).expect().keySet()) {
                        if (!field.equals("hang")) {
                            assertThat(Cases.compare(recorded, Cases.with(recorded, i, field, "other")))
                                    .hasSize(1)
                                    .allMatch(difference -> difference.field().equals(field));
                        }
                    }
                }
            }
        }
    }

    @Test
    void oneOtherValueIsThatDifference() {
        assertThat(Cases.compare(RECORDED, Cases.with(RECORDED, 0, "pte", "Za")))
                .containsExactly(difference(0, "pte", "Zsa", "Za"));
        assertThat(Cases.compare(RECORDED, Cases.with(RECORDED, 0, "signal", "SIGBUS")))
                .containsExactly(difference(0, "signal", null, "SIGBUS"));
    }

    @Test
    void numbersHaveNoSize() {
        assertThat(Cases.compare(RECORDED, Cases.with(RECORDED, 0, "zero_ref", -1)))
                .isEmpty();
        assertThat(Cases.compare(RECORDED, Cases.with(RECORDED, 0, "zero_ref", 0)))
                .containsExactly(difference(0, "zero_ref", -1L, 0L));
    }

    @ParameterizedTest
    @CsvSource({"-EBADF, true", "-EINVAL, false"})
    void errorsHaveNamesEvenIfTheRecorderDidNotKnow(String name, boolean equal) {
        assertThat(Cases.compare(RECORDED, Cases.with(RECORDED, 2, "ret", name)).isEmpty())
                .isEqualTo(equal);
    }

    @Test
    void missingValueIsADifference() {
        CaseReplay replay = Cases.withSteps(RECORDED, steps -> {
            steps.set(1, Map.of("ret", 1));
            return steps;
        });
        assertThat(Cases.compare(RECORDED, replay)).containsExactly(difference(1, "got_zeropage", true, "missing"));
    }

    @Test
    void valuesThatNobodyRecordedAreIgnoredUnlessTheirAbsenceSaysFalse() {
        assertThat(Cases.compare(RECORDED, Cases.with(RECORDED, 2, "rss_anon", 7)))
                .isEmpty();
        assertThat(Cases.compare(RECORDED, Cases.with(RECORDED, 2, "zeropage_corrupted", false)))
                .isEmpty();
        assertThat(Cases.compare(RECORDED, Cases.with(RECORDED, 2, "zeropage_corrupted", true)))
                .containsExactly(difference(2, "zeropage_corrupted", false, true));
    }

    @Test
    void afterAHangOnlyTheHangIsCompared() {
        CaseReplay replay = Cases.withSteps(RECORDED, steps -> {
            steps.set(3, Map.of("hang", true, "zeropage_corrupted", true, "ret", 3));
            return steps;
        });
        assertThat(Cases.compare(RECORDED, replay)).isEmpty();
    }

    @Test
    void hangThatDoesNotComeIsADifference() {
        assertThat(Cases.compare(RECORDED, Cases.with(RECORDED, 3, "hang", false)))
                .containsExactly(difference(3, "hang", true, false));
    }

    @Test
    void hangThatWasNotRecordedEndsTheSteps() {
        CaseReplay replay = Cases.withSteps(RECORDED, steps -> List.of(steps.get(0), CaseReplay.hang()));
        assertThat(Cases.compare(RECORDED, replay)).containsExactly(difference(1, "hang", false, true));
    }

    @Test
    void stepThatIsNotModelledEndsTheComparison() {
        CaseReplay replay = Cases.withSteps(RECORDED, steps -> List.of(steps.get(0), CaseReplay.unknownOp()));
        assertThat(Cases.compare(RECORDED, replay)).containsExactly(difference(1, "op", "gup", "not modelled"));
    }

    @Test
    void mappingThatIsNotModelledIsTheOnlyDifference() {
        assertThat(Cases.compare(RECORDED, CaseReplay.notModelled("no PMD mappings")))
                .containsExactly(difference(-1, "op", "driver", "not modelled: no PMD mappings"));
    }

    @Test
    void stepsThatWereNotRunAreADifference() {
        assertThat(Cases.compare(RECORDED, Cases.withSteps(RECORDED, steps -> steps.subList(0, 2))))
                .containsExactly(difference(2, "op", "fallocate", "not run"));
    }

    @Test
    void mappingIsComparedField() {
        CaseReplay echo = Cases.echo(RECORDED);
        CaseReplay replay = new CaseReplay(
                null,
                "-EPERM",
                Map.of("ret", 0, "not_mapped", 0, "vm_flags_before", List.of("VM_READ")),
                List.of(),
                "-",
                echo.steps(),
                echo.exit());
        assertThat(Cases.compare(RECORDED, replay))
                .containsExactly(
                        difference(-1, "mmap", 0L, "-EPERM"),
                        difference(-1, "driver_result.ret", "-EINVAL", 0L),
                        difference(-1, "driver_result.vm_flags_after", List.of("VM_READ", "VM_MIXEDMAP"), "missing"),
                        difference(-1, "vm_flags_after_mmap", List.of("VM_READ"), List.of()),
                        difference(-1, "pte_after_mmap", "Zsa", "-"));
    }

    @Test
    void exitIsTheStepAfterTheLast() {
        assertThat(Cases.compare(RECORDED, exit("code", 0))).containsExactly(difference(4, "exit.code", -9L, 0L));
        assertThat(Cases.compare(RECORDED, exit("leaked_zero_map", 1)))
                .containsExactly(difference(4, "exit.leaked_zero_map", 0L, 1L));
        assertThat(Cases.compare(RECORDED, exit("kernel_log", List.of("insert_pfn"))))
                .containsExactly(difference(4, "exit.kernel_log", List.of(), List.of("insert_pfn")));
    }

    @Test
    void warningIsComparedByItsFunction() {
        String line =
                Cases.LINE.replace("\"kernel_log\":[]", "\"kernel_log\":[\"" + WARNING + "\",\"RIP: 0033:0x40\"]");
        RecordedCase recorded = Cases.one(line);
        assertThat(Cases.compare(recorded, Cases.echo(recorded))).isEmpty();
        assertThat(Cases.compare(recorded, exit("kernel_log", List.of("insert_pfn", "insert_pfn"))))
                .isEmpty();
        assertThat(Cases.compare(recorded, exit("kernel_log", List.of("follow_pte"))))
                .containsExactly(difference(4, "exit.kernel_log", List.of("insert_pfn"), List.of("follow_pte")));
    }

    @Test
    void warningOncePerBootMayBeSilentInOtherCases() {
        String loud = Cases.LINE.replace("\"kernel_log\":[]", "\"kernel_log\":[\"" + WARNING + "\"]");
        CaseReplay warned = exit("kernel_log", List.of("insert_pfn"));
        List<RecordedCase> once = List.of(RECORDED, Cases.one(loud));
        assertThat(Comparison.compare(RECORDED, warned, OnceWarnings.of(once))).isEmpty();
        List<RecordedCase> twice = List.of(RECORDED, Cases.one(loud), Cases.one(loud));
        assertThat(Comparison.compare(RECORDED, warned, OnceWarnings.of(twice))).hasSize(1);
    }

    @Test
    void replayThatThrowsIsADifferenceOfItsCase() {
        Conformance conformance = new Conformance(
                recorded -> {
                    throw new IllegalStateException("no such page");
                },
                EnumSet.of(RecordedScope.CORE));
        ConformReport report = conformance.run(List.of(Cases.read(Cases.LINE)), () -> {});
        assertThat(report.differences())
                .containsExactly(difference(-1, "model", "a replay", "java.lang.IllegalStateException: no such page"));
    }
}
