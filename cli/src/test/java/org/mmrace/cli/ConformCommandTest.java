package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mmrace.conform.CaseReplayer;

class ConformCommandTest {
    @TempDir
    private Path dir = Path.of("");

    private ConformRun conform = new ConformRun(dir);

    @BeforeEach
    void inItsDirectory() {
        conform = new ConformRun(dir);
    }

    @Test
    void directoryIsNotARecording() {
        assertThat(conform.run(ConformRun::echo, dir.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(conform.err.toString().lines())
                .containsExactly("mmrace conform: " + dir + ": expected a file, found a directory");
    }

    @Test
    void oddPathsAreOneMessage() throws IOException {
        String under = conform.file(ConformRun.LINE) + "/x";
        assertThat(conform.run(ConformRun::echo, under)).isEqualTo(ExitCode.USAGE);
        assertThat(conform.run(ConformRun::echo, "a\nb")).isEqualTo(ExitCode.USAGE);
        assertThat(conform.err.toString().lines())
                .containsExactly(
                        "mmrace conform: " + under + ": expected a readable file: Not a directory",
                        "mmrace conform: a?b: expected a file, found none");
    }

    @Test
    void nothingIsReplayedWhenOneFileIsMissing() throws IOException {
        String missing = dir.resolve("none.jsonl").toString();
        assertThat(conform.run(ConformRun::echo, conform.file(ConformRun.LINE), missing))
                .isEqualTo(ExitCode.USAGE);
        assertThat(conform.out.toString()).isEmpty();
        assertThat(conform.err.toString().lines())
                .containsExactly("mmrace conform: " + missing + ": expected a file, found none");
    }

    @Test
    void emptyFileIsNotASuccess() throws IOException {
        String file = conform.file("");
        assertThat(conform.run(ConformRun::echo, file)).isEqualTo(ExitCode.NOTHING_RAN);
        assertThat(conform.err.toString().lines()).containsExactly("mmrace conform: no case to replay in " + file);
    }

    @Test
    void scopeWithoutCasesIsNotASuccess() throws IOException {
        String file = conform.file(ConformRun.LINE);
        assertThat(conform.run(ConformRun::echo, "--scope", "huge", file)).isEqualTo(ExitCode.NOTHING_RAN);
        assertThat(conform.err.toString().lines())
                .containsExactly("mmrace conform: no case to replay in " + file + " (--scope huge)");
    }

    @Test
    void unknownScopeIsBadUsage() {
        assertThat(conform.run(ConformRun::echo, "--scope", "hug")).isEqualTo(ExitCode.USAGE);
        assertThat(conform.err.toString()).contains("expected one of core, page-cache, block-io, huge, found 'hug'");
    }

    @Test
    void bundledRecordingsAreTheDefault() {
        assertThat(conform.run(ConformRun::echo, "--scope", "page-cache")).isEqualTo(ExitCode.CLEAN);
        assertThat(conform.out.toString().lines())
                .containsExactly("page-cache  6.1    83 /  83 equal", "page-cache  6.12   83 /  83 equal");
        assertThat(conform.err.toString()).isEmpty();
    }

    @Test
    void lastLineOfAFailingRunIsTheCommandThatRepeatsIt() throws IOException {
        String file = conform.file("it's.jsonl", ConformRun.gzip(ConformRun.LINE.getBytes(StandardCharsets.UTF_8)));
        assertThat(conform.run(ConformRun::wrong, "--scope=core", file)).isEqualTo(ExitCode.FOUND);
        assertThat(conform.out.toString().lines().toList())
                .startsWith("core        6.12  0 / 1 equal")
                .contains("    mmap pte_after_mmap: expected -, actual H")
                .endsWith("again: mmrace conform --scope core '" + file.replace("'", "'\\''") + "'");
    }

    @Test
    void differencesOutsideOfCoreDoNotFail() throws IOException {
        String file = conform.file(ConformRun.LINE.replace("core", "huge"));
        assertThat(conform.run(ConformRun::wrong, file)).isEqualTo(ExitCode.CLEAN);
        assertThat(conform.out.toString())
                .contains("0 / 1 equal", "expected -, actual H")
                .doesNotContain("again:");
        assertThat(conform.run(ConformRun::wrong, "--scope", "huge", file)).isEqualTo(ExitCode.FOUND);
    }

    @Test
    void jsonIsOneObject() throws IOException {
        assertThat(conform.run(ConformRun::wrong, "--json", conform.file(ConformRun.LINE)))
                .isEqualTo(ExitCode.FOUND);
        assertThat(conform.out.toString())
                .isEqualToIgnoringNewLines("{\"cases\":1,\"equal\":0,\"different\":1,"
                        + "\"scopes\":{\"core\":{\"cases\":1,\"equal\":0,"
                        + "\"kernels\":{\"6.12\":{\"cases\":1,\"equal\":0}}}},"
                        + "\"differences\":[{\"id\":\"a\",\"kernel\":\"6.12\",\"step\":-1,"
                        + "\"field\":\"pte_after_mmap\",\"expected\":\"-\",\"actual\":\"H\"}]}");
    }

    @Test
    void replayThatThrowsDoesNotEndTheRun() throws IOException {
        CaseReplayer broken = recorded -> {
            throw new IllegalStateException("page 3 of 2");
        };
        assertThat(conform.run(broken, conform.file(ConformRun.LINE))).isEqualTo(ExitCode.FOUND);
        assertThat(conform.out.toString()).contains("mmap model", "IllegalStateException: page 3 of 2");
        assertThat(conform.err.toString()).isEmpty();
    }

    @Test
    void mainKnowsTheCommand() {
        assertThat(Main.commandLine().getSubcommands()).containsKey("conform");
    }
}
