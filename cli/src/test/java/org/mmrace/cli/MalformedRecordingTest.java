package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a recording: exit 2, and one line that says where. */
class MalformedRecordingTest {
    @TempDir
    private Path dir = Path.of("");

    private ConformRun conform = new ConformRun(dir);

    @BeforeEach
    void inItsDirectory() {
        conform = new ConformRun(dir);
    }

    private static Arguments bad(String from, String to, String... words) {
        assertThat(ConformRun.LINE).contains(from);
        return Arguments.of(ConformRun.LINE.replaceFirst(Pattern.quote(from), to), List.of(words));
    }

    /** A hash marks where the message must point to. */
    static Stream<Arguments> malformedLines() {
        String expect = "\"expect\":{\"ret\":0,";
        return Stream.of(
                Arguments.of("#\u0000\u0001 no text at all", List.of("expected JSON")),
                Arguments.of("#[1,2]", List.of("expected a case", "found a list")),
                Arguments.of("#17", List.of("expected a case", "found 17")),
                Arguments.of(ConformRun.LINE + "#{}", List.of("expected the end of the line", "found an object")),
                Arguments.of(
                        ConformRun.LINE.substring(0, 300) + "#",
                        List.of("expected the rest", "found the end of the line")),
                bad("\"id\":\"a\"", "\"id\":#7", "a string for \"id\"", "found 7"),
                bad("\"id\":\"a\"", "\"id\":#\"\"", "1 to 1000 characters"),
                bad("\"id\":\"a\"", "\"id\":\"a\",#\"id\":\"b\"", "\"id\" once", "again"),
                bad("\"6.12\"", "#\"six\"", "a kernel version", "found \"six\""),
                bad("\"AFTER\"", "#\"LATER\"", "a series (BEFORE, V1, AFTER)", "found \"LATER\""),
                bad("\"core\"", "#\"kernel\"", "core, page-cache, block-io, huge", "found \"kernel\""),
                bad("\"anon\"", "#\"shmem\"", "a backing", "found \"shmem\""),
                bad("\"private\"", "#null", "a sharing", "found null"),
                bad("\"file_mode\":null", "\"file_mode\":#\"rw\"", "expected null for \"file_mode\""),
                bad("\"pages\":2", "\"pages\":#0", "a number from 1 to 65536 for \"pages\"", "found 0"),
                bad("\"pages\":2", "\"pages\":#2.5", "for \"pages\"", "found 2.5"),
                bad("\"pages\":2", "\"pages\":#123456789012345678901", "for \"pages\"", "found 12345678901234567890"),
                bad("\"pages\":2", "\"pages\":2,#\"colour\":1", "only known fields in a mapping", "\"colour\""),
                bad("\"mmap\":0", "\"mmap\":#[]", "an error name", "\"mmap\"", "found a list"),
                bad("[\"VM_READ\"]", "[#\"READ\"]", "a VMA flag", "found \"READ\""),
                bad("\"pte_after_mmap\":\"-\"", "\"pte_after_mmap\":#\"ZZ\"", "a PTE", "found \"ZZ\""),
                bad("\"read\"", "#\"frobnicate\"", "a known operation for \"op\"", "found \"frobnicate\""),
                bad("\"page\":1", "\"page\":#2", "a number from 0 to 1 for \"page\"", "found 2"),
                bad("{\"op\":\"read\",\"page\":1,", "#{\"op\":\"read\",", "\"page\" in a step", "found none"),
                bad("\"page\":1", "\"page\":1,#\"fast\":true", "no \"fast\" for read", "found true"),
                bad("\"prot\":\"r\"", "\"prot\":#\"x\"", "a protection (none, r, rw)", "found \"x\""),
                bad("\"zero_ref\":0", "\"zero_ref\":#\"x\"", "a number for \"zero_ref\"", "found \"x\""),
                bad(expect, expect + "#\"rss_swap\":0,", "only known fields in \"expect\"", "\"rss_swap\""),
                bad("{\"ret\":0}", "#{}", "at least one value in \"expect\""),
                bad("\"signal\":null", "\"signal\":#11", "a signal name or null", "found 11"),
                bad("{\"ret\":0,\"signal\":null", "#{\"hang\":true,\"signal\":null", "hangs to be the last"),
                bad("\"code\":0", "\"code\":#\"0\"", "for \"code\"", "found \"0\""),
                bad("\"hang\":false", "\"hang\":#0", "true or false for \"hang\"", "found 0"),
                bad("\"kernel_log\":[]", "\"kernel_log\":#\"\"", "a list for \"kernel_log\""),
                Arguments.of(
                        ConformRun.LINE.replace("\"exit\":{", "\"exi\":{").replaceFirst("^", "#"),
                        List.of("\"exit\"", "found none")));
    }

    @ParameterizedTest
    @MethodSource("malformedLines")
    void malformedLineIsOneMessageAtItsPlace(String marked, List<String> words) throws IOException {
        int column = marked.indexOf('#') + 1;
        String file = conform.file(
                "\n" + ConformRun.LINE.replace("\"a\"", "\"first\"") + "\n" + marked.replace("#", "") + "\n");
        assertThat(conform.run(ConformRun::echo, file)).isEqualTo(ExitCode.USAGE);
        assertThat(conform.out.toString()).isEmpty();
        assertThat(conform.err.toString().lines()).hasSize(1);
        assertThat(conform.err.toString()).startsWith("mmrace conform: " + file + ":3:" + column + ": ");
        assertThat(conform.err.toString()).contains(words).doesNotContain("Exception");
    }

    static Stream<Arguments> malformedFiles() throws IOException {
        byte[] plain = ConformRun.LINE.getBytes(StandardCharsets.UTF_8);
        byte[] packed = ConformRun.gzip(plain);
        byte[] broken = packed.clone();
        Arrays.fill(broken, 40, broken.length - 8, (byte) 0x55);
        byte[] header = {0x1f, (byte) 0x8b, 0x07, 0, 0};
        byte[] wrongCheck = packed.clone();
        wrongCheck[packed.length - 6] ^= 1;
        byte[] latin = ConformRun.LINE.replace("\"a\"", "\"\u00e4\"").getBytes(StandardCharsets.ISO_8859_1);
        return Stream.of(
                Arguments.of("cut in half", Arrays.copyOf(packed, packed.length / 2), ":1:", "a truncated gzip"),
                Arguments.of("cut in the header", Arrays.copyOf(packed, 5), ":1:1:", "a truncated gzip"),
                Arguments.of("cut in the check sum", Arrays.copyOf(packed, packed.length - 3), ":1:", "truncated"),
                Arguments.of("damaged", broken, ":1:", "expected gzip data"),
                Arguments.of("unknown packing", header, ":1:1:", "expected gzip data"),
                Arguments.of("wrong check sum", wrongCheck, ":1:", "expected gzip data"),
                Arguments.of(
                        "packed twice",
                        ConformRun.gzip(packed),
                        ":1:2:",
                        "expected text in UTF-8, found the byte 0x8b"),
                Arguments.of("junk", new byte[] {(byte) 0xfe, 7, 0, 'x'}, ":1:1:", "found the byte 0xfe"),
                Arguments.of("latin", latin, ":1:8:", "found the byte 0xe4"),
                Arguments.of(
                        "utf-16", ConformRun.LINE.getBytes(StandardCharsets.UTF_16), ":1:1:", "found the byte 0xfe"),
                Arguments.of(
                        "twice",
                        (ConformRun.LINE + "\n" + ConformRun.LINE).getBytes(StandardCharsets.UTF_8),
                        ":2:7:",
                        "that of line 1"),
                Arguments.of("deep", "[".repeat(2000).getBytes(StandardCharsets.UTF_8), ":1:", "at most 16 levels"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedFiles")
    void malformedFileIsOneMessage(String name, byte[] bytes, String place, String words) throws IOException {
        String file = conform.file("t.bin", bytes);
        assertThat(conform.run(ConformRun::echo, file)).isEqualTo(ExitCode.USAGE);
        assertThat(conform.out.toString()).isEmpty();
        assertThat(conform.err.toString().lines()).hasSize(1);
        assertThat(conform.err.toString())
                .startsWith("mmrace conform: " + file + place)
                .contains(words);
    }
}
