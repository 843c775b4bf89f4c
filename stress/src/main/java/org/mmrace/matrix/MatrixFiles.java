package org.mmrace.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables of a matrix beside its log. Each is complete or not there: written aside, then renamed. */
public final class MatrixFiles {
    private MatrixFiles() {}

    /**
     * Writes {@code matrix.json}, {@code matrix.md}, {@code matrix.html} and, if strategies of the explorer are among
     * the columns, {@code survival.svg} over all faults and one more in {@code survival/} for each fault.
     *
     * @return the files of the whole matrix
     * @throws IOException when they cannot be written
     */
    public static List<Path> write(MatrixTable table, Path directory) throws IOException {
        String markdown = MatrixMarkdown.of(table);
        Map<String, String> figures = MatrixFigures.of(table);
        List<Path> files = new ArrayList<>();
        files.add(write(directory.resolve("matrix.json"), MatrixJson.of(table) + "\n"));
        files.add(write(directory.resolve("matrix.md"), markdown));
        for (Map.Entry<String, String> figure : figures.entrySet()) {
            Path file = directory.resolve(figure.getKey());
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path written = write(file, figure.getValue());
            if (figure.getKey().equals(MatrixFigures.ALL)) {
                files.add(written);
            }
        }
        files.add(write(directory.resolve("matrix.html"), MatrixHtml.of(markdown, List.copyOf(figures.keySet()))));
        return files;
    }

    private static Path write(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(aside, text, UTF_8);
        return Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
