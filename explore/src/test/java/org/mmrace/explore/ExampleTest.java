package org.mmrace.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.Explorer.Exploration;
import org.mmrace.explore.strategy.DepthFirst;
import org.mmrace.explore.strategy.Replay;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Word;

/** The example of the package does what the package says, and is what stands there. */
class ExampleTest {
    private static final Path SOURCE = Path.of("src");

    private static String example() {
        // example
        Subject<Outcome> counter = Subject.of(2, (kernel, tasks) -> {
            Word count = new Word();
            Consumer<Task> increment = task -> kernel.writeOnce(count, kernel.readOnce(count) + 1);
            tasks.add("a", increment).add("b", increment);
            tasks.check("both increments count", () -> kernel.readOnce(count) == 2);
        });
        try (TaskPool pool = new TaskPool()) {
            Explorer<Outcome> explorer = new Explorer<>(counter, pool, Outcome::bad);
            Exploration<Outcome> found = explorer.run(DepthFirst.all(), Plan.exhaustive());
            String text = String.valueOf(found.schedule()); // for a report: "2:aba"
            Exploration<Outcome> again = explorer.run(new Replay(Schedule.parse(text)), 1);
            return again.verdict(); // "1 of 1 execution bad, ...: both increments count"
        }
        // end
    }

    @Test
    void lostUpdateIsFoundAndReplayed() {
        assertThat(example())
                .isEqualTo("1 of 1 execution bad, first number 1: not so at the end: both increments count");
    }

    private static List<String> between(Path file, String first, String last, String prefix) throws IOException {
        return Files.readAllLines(file).stream()
                .dropWhile(line -> !line.strip().equals(first))
                .skip(1)
                .takeWhile(line -> !line.strip().equals(last))
                .map(line -> line.substring(Math.min(prefix.length(), line.length())))
                .toList();
    }

    @Test
    void packageShowsThisExample() throws IOException {
        Path here = SOURCE.resolve("test/java/org/mmrace/explore/ExampleTest.java");
        Path there = SOURCE.resolve("main/java/org/mmrace/explore/package-info.java");
        List<String> shown = between(there, "* <pre>{@code", "* }</pre>", " * ");
        assertThat(shown).hasSizeLessThanOrEqualTo(15).isEqualTo(between(here, "// example", "// end", "        "));
    }
}
