package org.mmrace.stress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The file that a violation leaves behind. */
public final class ViolationFile {
    private final Path directory;

    private ViolationFile(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes sure that it can be written, before anything runs; makes the directory if it does not exist.
     *
     * @throws IOException when it cannot
     */
    public static ViolationFile in(Path directory) throws IOException {
        OutputDirectory.prepare(directory);
        return new ViolationFile(directory);
    }

    /**
     * Writes it.
     *
     * @param result has a violation
     * @param reproduce the command that runs the same again
     * @param more what else is known about it, by name
     * @return where it is: {@code violation-SEED.json}
     */
    public Path write(StressResult result, String reproduce, Map<String, Object> more) throws IOException {
        Path file = directory.resolve("violation-" + result.config().seed() + ".json");
        Files.writeString(file, StressJson.violationFile(result, reproduce, more) + "\n", UTF_8);
        return file;
    }
}
