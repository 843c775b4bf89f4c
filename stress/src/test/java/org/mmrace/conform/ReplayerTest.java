package org.mmrace.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model is true: it equals what Linux 6.1 and 6.12 did. */
class ReplayerTest {
    private static ConformReport replay(List<Recording> recordings, Set<RecordedScope> scopes) {
        return new Conformance(new Replayer(), scopes).run(recordings, () -> {});
    }

    private static RecordedCase find(String kernel, String id) throws IOException {
        return RecordingReader.bundled().stream()
                .flatMap(recording -> recording.cases().stream())
                .filter(one -> one.kernel().equals(kernel) && one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyCaseButHugePagesIsEqualOnBothKernels() throws IOException {
        ConformReport report = replay(RecordingReader.bundled(), EnumSet.complementOf(EnumSet.of(RecordedScope.HUGE)));
        assertThat(report.differences()).isEmpty();
        assertThat(report.of(RecordedScope.CORE).cases()).isEqualTo(2 * 1335);
        assertThat(report.of(RecordedScope.PAGE_CACHE).cases()).isEqualTo(2 * 83);
        assertThat(report.of(RecordedScope.BLOCK_IO).cases()).isEqualTo(2 * 33);
    }

    @Test
    void hugePagesAreNamedAsNotModelled() throws IOException {
        ConformReport report = replay(RecordingReader.bundled(), EnumSet.of(RecordedScope.HUGE));
        assertThat(report.total().cases()).isEqualTo(28);
        assertThat(report.total().equal()).isZero();
        assertThat(report.differences())
                .allMatch(difference -> difference.field().equals("op"));
    }

    @ParameterizedTest
    @CsvSource({
        "6.1, ins/fsdax-shared-rw :: i:1:0:0:1:0:0 W0 R0 U",
        "6.12, ins/fsdax-shared-rw :: i:1:0:0:1:0:0 Gp Gpl Gpw Gpwl U",
    })
    void anEndlessFaultLoopIsRecognisedAndTheProcessKilled(String kernel, String id) throws IOException {
        CaseReplay replay = new Replayer().replay(find(kernel, id));
        assertThat(replay.steps().get(replay.steps().size() - 1)).isEqualTo(CaseReplay.hang());
        assertThat(replay.exit()).containsEntry("hang", true).containsEntry("code", -9L);
        assertThat(replay.exit()).containsEntry("leaked_zero_ref", 0L);
    }

    @Test
    void aKernelOfTheWrongSeriesDiffers() throws IOException {
        RecordedCase recorded = find("6.12", "drv/vm_insert_page/zero/n1@0/at-mmap/priv-rw/noops :: S0 R0 W0 R0 U");
        RecordedCase wrong = new RecordedCase(
                recorded.id(),
                recorded.kernel(),
                "BEFORE",
                recorded.scope(),
                recorded.mapping(),
                recorded.mmap(),
                recorded.driverResult(),
                recorded.vmFlagsAfterMmap(),
                recorded.pteAfterMmap(),
                recorded.steps(),
                recorded.exit());
        ConformReport report = replay(List.of(new Recording("wrong", List.of(wrong))), Set.of(RecordedScope.CORE));
        assertThat(report.total().equal()).isZero();
        assertThat(report.differences()).extracting(Difference::field).contains("pte", "driver_result.zero_ref");
    }
}
