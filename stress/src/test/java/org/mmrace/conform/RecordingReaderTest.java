package org.mmrace.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RecordingReaderTest {
    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static Recording read(byte[] bytes) throws IOException {
        return RecordingReader.read("t", new ByteArrayInputStream(bytes));
    }

    @Test
    void bundledRecordingsHaveTheSameCases() throws IOException {
        List<Recording> recordings = RecordingReader.bundled();
        assertThat(recordings)
                .extracting(Recording::source, recording -> recording.cases().size())
                .containsExactly(tuple("linux-6.1.jsonl.gz", 1465), tuple("linux-6.12.jsonl.gz", 1465));
        assertThat(recordings.get(0).cases())
                .extracting(RecordedCase::id)
                .isEqualTo(
                        recordings.get(1).cases().stream().map(RecordedCase::id).toList());
        assertThat(recordings.get(0).cases())
                .allMatch(recorded -> recorded.series().equals("BEFORE"));
        assertThat(recordings.get(1).cases())
                .allMatch(recorded -> recorded.series().equals("AFTER"));
    }

    @Test
    void bundledRecordingsUseEveryOperationButTwo() throws IOException {
        assertThat(RecordingReader.bundled().get(0).cases())
                .flatExtracting(RecordedCase::steps)
                .extracting(RecordedStep::op)
                .containsOnly(Arrays.stream(RecordedOp.values())
                        .filter(op -> op != RecordedOp.VM_MAP_PAGES && op != RecordedOp.VM_MAP_PAGES_ZERO)
                        .toArray(RecordedOp[]::new));
    }

    @Test
    void everyFieldArrives() {
        RecordedCase recorded = Cases.one(Cases.LINE);
        assertThat(recorded.mapping())
                .isEqualTo(new RecordedMapping(
                        RecordedMapping.Backing.DRIVER,
                        RecordedMapping.Sharing.SHARED,
                        RecordedMapping.Prot.RW,
                        RecordedMapping.FileMode.RW,
                        2,
                        false,
                        new RecordedDriver(
                                RecordedDriver.Call.VM_INSERT_PAGE,
                                RecordedDriver.When.MMAP,
                                List.of(RecordedPage.ZERO),
                                RecordedDriver.VmOps.FAULT,
                                List.of(),
                                List.of("VM_MAYWRITE"),
                                false)));
        assertThat(recorded.driverResult())
                .containsEntry("ret", "-EINVAL")
                .containsEntry("not_mapped", 0L)
                .containsEntry("vm_flags_after", List.of("VM_READ", "VM_MIXEDMAP"));
        assertThat(recorded.steps().get(0).expect())
                .containsExactly(
                        entry("ret", 0L),
                        entry("signal", null),
                        entry("zero_ref", -1L),
                        entry("pte", "Zsa"),
                        entry("fault_calls", 2L));
        RecordedStep gup = recorded.steps().get(1);
        assertThat(gup.flags()).containsExactly(GupFlag.FOLL_PIN);
        assertThat(gup.fast()).isFalse();
        assertThat(gup.hold()).isTrue();
        assertThat(recorded.steps().get(3).expectsHang()).isTrue();
        assertThat(recorded.exit()).isEqualTo(new RecordedExit(-9, true, 0, 0, List.of()));
    }

    @Test
    void compressionShowsInTheBytesNotInTheName() throws IOException {
        assertThat(read(gzip(Cases.LINE)).cases()).hasSize(1);
        assertThat(read(Cases.LINE.getBytes(StandardCharsets.UTF_8)).cases()).hasSize(1);
    }

    @Test
    void blankLinesAndWindowsLineEndsAreNothing() {
        Recording recording = Cases.read("\n  \n" + Cases.LINE + "\r\n\r\n" + Cases.LINE.replace("\"a\"", "\"b\""));
        assertThat(recording.cases()).extracting(RecordedCase::id).containsExactly("a", "b");
    }

    @Test
    void nothingAtAllIsARecordingWithoutCases() throws IOException {
        assertThat(Cases.read("").cases()).isEmpty();
        assertThat(Cases.read("\n\n").cases()).isEmpty();
        assertThat(read(gzip("")).cases()).isEmpty();
    }

    @Test
    void longLinesDoNotDependOnTheBuffer() {
        String step = "{\"op\":\"read\",\"page\":1,\"expect\":{\"ret\":0}},";
        String line = Cases.LINE.replace("\"steps\":[", "\"steps\":[" + step.repeat(4000));
        assertThat(Cases.one(line).steps()).hasSize(4004);
    }

    @Test
    void columnsCountCharacters() {
        String line = Cases.LINE
                .replace("\"id\":\"a\"", "\"id\":\"\u00e4\u00f6\u00fc\"")
                .replace("core", "x");
        assertThatThrownBy(() -> Cases.read(line))
                .hasMessageStartingWith("t.jsonl:1:" + (line.indexOf("\"x\"") + 1) + ": expected a scope");
    }

    /** Every cut of a packed recording is a message, and so is every cut of a line. */
    @Test
    void everyCutIsMalformed() throws IOException {
        byte[] packed = gzip(Cases.LINE);
        for (int length = 2; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedRecordingException.class);
        }
        for (int length = 1; length < Cases.LINE.length(); length++) {
            String cut = Cases.LINE.substring(0, length);
            assertThatThrownBy(() -> Cases.read(cut))
                    .isInstanceOf(MalformedRecordingException.class)
                    .hasMessageStartingWith("t.jsonl:1:");
        }
    }

    /** Whatever one byte turns into, the reader says so in one line or still understands the whole. */
    @Test
    void everyChangedByteIsUnderstoodOrMalformed() throws IOException {
        byte[] line = Cases.LINE.getBytes(StandardCharsets.UTF_8);
        int malformed = 0;
        for (int i = 0; i < line.length; i++) {
            for (byte change : new byte[] {0, ' ', '"', '{', ']', '9', 'x', (byte) 0xff}) {
                byte[] changed = line.clone();
                changed[i] = change;
                try {
                    read(changed);
                } catch (MalformedRecordingException e) {
                    malformed++;
                    assertThat(e.getMessage())
                            .startsWith("t:1:")
                            .doesNotContain("\n")
                            .contains("expected");
                    assertThat(e.column()).isBetween(1, line.length + 1);
                }
            }
        }
        assertThat(malformed).isGreaterThan(7 * line.length);
    }
}
