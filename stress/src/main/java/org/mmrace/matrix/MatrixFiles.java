package org.mmrace.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The tables of a matrix beside its log. Each is complete or not there: written aside, then renamed. */
public final class MatrixFiles {
    private MatrixFiles() {}

    /**
     * Writes {@code matrix.json}, {@code matrix.md} and {@code matrix.html}.
     *
     * @return the files
     * @throws IOException when they cannot be written
     */
    public static List<Path> write(MatrixTable table, Path directory) throws IOException {
        String markdown = MatrixMarkdown.of(table);
        return List.of(
                write(directory.resolve("matrix.json"), MatrixJson.of(table) + "\n"),
                write(directory.resolve("matrix.md"), markdown),
                write(directory.resolve("matrix.html"), MatrixHtml.of(markdown)));
    }

    private static Path write(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(aside, text, UTF_8);
        return Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
