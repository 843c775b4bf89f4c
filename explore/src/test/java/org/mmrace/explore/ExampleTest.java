package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import example.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the package and of the documentation does what they say, and is what stands there. */
class ExampleTest {
    private static final Path COMPILED = Path.of("src/test/java/example/Counter.java");

    @Test
    void lostUpdateIsFoundAndReplayed() {
        assertThat(Counter.verdict())
                .isEqualTo("1 of 1 execution bad, first number 1: not so at the end: both increments count");
    }

    private static List<String> between(Path file, String first, String last, String prefix) throws IOException {
        return Files.readAllLines(file).stream()
                .dropWhile(line -> !line.equals(first))
                .skip(1)
                .takeWhile(line -> !line.equals(last))
                .map(line -> line.substring(Math.min(prefix.length(), line.length())))
                .toList();
    }

    @Test
    void packageShowsThisExample() throws IOException {
        Path there = Path.of("src/main/java/org/mmrace/explore/package-info.java");
        List<String> shown = between(there, " * <pre>{@code", " * }</pre>", " * ");
        assertThat(shown)
                .hasSizeLessThanOrEqualTo(15)
                .isEqualTo(between(COMPILED, "    public static String verdict() {", "    }", "        "));
    }

    @Test
    void documentationShowsAllOfIt() throws IOException {
        String shown = "```java\n" + Files.readString(COMPILED).replaceFirst("package example;\n\n", "") + "```\n";
        assertThat(Files.readString(Path.of("../docs/exploration.md"))).contains(shown);
    }
}
