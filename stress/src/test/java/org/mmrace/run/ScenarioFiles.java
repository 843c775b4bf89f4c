package org.mmrace.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mmrace.scenario.MalformedScenarioException;
import org.mmrace.scenario.ScenarioReader;
import org.mmrace.script.Scenario;

/** The files of {@code scenarios/}. */
final class ScenarioFiles {
    private static final Path HOME = Path.of("../scenarios");

    private ScenarioFiles() {}

    /** All of them, by name. */
    static List<Scenario> all() {
        try (Stream<Path> files = Files.list(HOME)) {
            return files.filter(file -> file.toString().endsWith(".scn"))
                    .sorted()
                    .map(ScenarioFiles::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario read(Path file) {
        try {
            return ScenarioReader.read(file);
        } catch (MalformedScenarioException e) {
            throw new IllegalStateException(file + ": " + e.problems(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
