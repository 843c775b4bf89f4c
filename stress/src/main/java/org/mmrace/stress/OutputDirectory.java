package org.mmrace.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where results go. */
public final class OutputDirectory {
    private OutputDirectory() {}

    /**
     * Makes sure that it can be written, before anything runs for an hour; makes it if it does not exist.
     *
     * @throws IOException when it cannot
     */
    public static void prepare(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        Files.createDirectories(absolute);
        Files.delete(Files.createTempFile(absolute, ".mmrace", ".tmp"));
    }
}
