package org.mmrace.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mmrace.check.Invariant;
import org.mmrace.conform.CaseReplay;
import org.mmrace.conform.CaseReplayer;
import org.mmrace.conform.Conformance;
import org.mmrace.conform.RecordedCase;
import org.mmrace.conform.RecordedScope;
import org.mmrace.conform.Recording;
import org.mmrace.conform.RecordingReader;
import org.mmrace.conform.Replayer;
import org.mmrace.fault.Fault;
import org.mmrace.fault.Remedy;

/** Each listed case is in the recording of 6.12 and shows what is claimed, and the model does the same. */
class FindingTest {
    private static final String CORRUPTED = "zeropage_corrupted";
    private static final Map<String, RecordedCase> CASES = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (Recording recording : RecordingReader.bundled()) {
            if (recording.source().equals(Finding.RECORDING)) {
                recording.cases().forEach(one -> CASES.put(one.id(), one));
            }
        }
    }

    private static boolean corrupts(RecordedCase recorded) {
        return recorded.steps().stream()
                .anyMatch(step -> Boolean.TRUE.equals(step.expect().get(CORRUPTED)));
    }

    private static boolean corrupts(CaseReplay replay) {
        return replay.steps().stream().anyMatch(step -> Boolean.TRUE.equals(step.get(CORRUPTED)));
    }

    private static List<RecordedCase> casesOf(Finding finding) {
        return finding.cases().stream()
                .map(id -> Objects.requireNonNull(CASES.get(id), id))
                .toList();
    }

    @Test
    @DisplayName("the findings are exactly the cases of 6.12 in which a process wrote to the zeropage")
    void complete() {
        Set<String> corrupting = CASES.values().stream()
                .filter(FindingTest::corrupts)
                .map(RecordedCase::id)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = Stream.of(Finding.values())
                .flatMap(finding -> finding.cases().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(corrupting).hasSize(39).isEqualTo(listed);
    }

    @Test
    void asManyAsClaimed() {
        assertThat(Stream.of(Finding.values()).map(one -> one.cases().size())).containsExactly(0, 12, 9, 6, 12, 0);
    }

    @Test
    void eachShowsWhatIsClaimed() {
        Predicate<RecordedCase> mappedWritable = one -> one.pteAfterMmap().equals("Zswa");
        Predicate<RecordedCase> keepsWrite = one -> one.vmFlagsAfterMmap().contains("VM_WRITE");
        assertThat(casesOf(Finding.F02)).allMatch(mappedWritable.and(keepsWrite));
        assertThat(casesOf(Finding.F05)).allMatch(mappedWritable.and(keepsWrite.negate()));
        assertThat(casesOf(Finding.F03)).allMatch(one -> one.id().startsWith("drv/fault_ret_page/zero/"));
        assertThat(casesOf(Finding.F04))
                .allMatch(mappedWritable.negate())
                .allMatch(one -> one.id().contains("/pfnmkok+"));
    }

    @ParameterizedTest
    @EnumSource(Finding.class)
    void theModelDoesTheSame(Finding finding) {
        Recording recording = new Recording("findings", casesOf(finding));
        CaseReplayer model = new Replayer();
        assertThat(new Conformance(model, Set.of(RecordedScope.CORE))
                        .run(List.of(recording), () -> {})
                        .differences())
                .isEmpty();
        assertThat(recording.cases()).allMatch(one -> corrupts(model.replay(one)));
    }

    @ParameterizedTest
    @EnumSource(value = Finding.class, names = "F01", mode = EnumSource.Mode.EXCLUDE)
    void theRuleChangeClosesIt(Finding finding) {
        for (RecordedCase one : casesOf(finding)) {
            Set<Remedy> remedies = EnumSet.of(finding.remedy().orElseThrow());
            if (one.id().contains("/pfnmkok+")) {
                remedies.add(Remedy.F04); // once the entry is not writable, the same case shows F04
            }
            CaseReplay replay = new Replayer(config -> config.with(draft -> draft.remedies(remedies))).replay(one);
            assertThat(replay.pteAfterMmap()).as(one.id()).isNotEqualTo("Zswa");
            assertThat(corrupts(replay)).as(one.id()).isFalse();
        }
    }

    @Test
    void theModelHasTheRuleChangeOfF01Already() {
        assertThat(Finding.F01.remedy()).isEmpty();
        assertThat(Fault.byId("F01")).contains(Fault.F01);
    }

    @ParameterizedTest
    @EnumSource(Finding.class)
    void namesInvariants(Finding finding) {
        assertThat(finding.breaks()).allMatch(id -> Invariant.byId(id).isPresent());
        assertThat(Finding.byId(finding.name().toLowerCase(Locale.ROOT))).contains(finding);
    }
}
