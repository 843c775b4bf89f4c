package org.mmrace.lines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableLinesTest {
    @TempDir
    private Path dir;

    @Test
    void aLineIsThereAtOnce() throws IOException {
        Path file = dir.resolve("log");
        try (DurableLines lines = DurableLines.open(file)) {
            lines.append("one");
            assertThat(DurableLines.read(file)).containsExactly("one");
            lines.append("two");
        }
        assertThat(Files.readString(file)).isEqualTo("one\ntwo\n");
    }

    @Test
    void whatACrashHasCutOffIsDropped() throws IOException {
        Path file = Files.writeString(dir.resolve("log"), "one\ntw");
        assertThat(DurableLines.read(file)).containsExactly("one");
        try (DurableLines lines = DurableLines.open(file)) {
            lines.append("three");
        }
        assertThat(Files.readString(file)).isEqualTo("one\nthree\n");
    }

    @Test
    void aFileThatDoesNotExistHasNoLines() throws IOException {
        assertThat(DurableLines.read(dir.resolve("log"))).isEmpty();
    }
}
