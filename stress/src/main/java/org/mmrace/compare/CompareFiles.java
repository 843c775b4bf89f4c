package org.mmrace.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.mmrace.figure.Curve;
import org.mmrace.figure.SurvivalFigure;
import org.mmrace.statistics.Observation;

/** The tables and figures of a comparison, beside its log. Each is complete or not there. */
public final class CompareFiles {
    private static final String EXECUTIONS = "executions";
    private static final String MILLIS = "milliseconds";

    private CompareFiles() {}

    /**
     * Writes {@code compare.md}, {@code compare.json}, {@code compare.csv}, {@code survival.svg} and
     * {@code survival-time.svg} over all faults, and one more of each in {@code figures/} for each fault.
     *
     * @return the files of the whole comparison
     * @throws IOException when they cannot be written
     */
    public static List<Path> write(CompareTable table, Manifest manifest) throws IOException {
        Path out = table.config().out();
        List<Path> files = new ArrayList<>();
        files.add(write(out.resolve("compare.md"), CompareMarkdown.of(table, manifest)));
        files.add(write(out.resolve("compare.json"), CompareJson.of(table, manifest) + "\n"));
        files.add(write(out.resolve("compare.csv"), CompareCsv.of(table)));
        if (table.rows().isEmpty()) {
            return files;
        }
        List<String> caption = CompareMarkdown.caption(table, manifest);
        String all = table.rows().size() + " faults, all attempts";
        files.add(write(
                out.resolve("survival.svg"),
                figure(table, all, EXECUTIONS, caption, name -> table.pooled(name, false))));
        files.add(write(
                out.resolve("survival-time.svg"),
                figure(table, all, MILLIS, caption, name -> table.pooled(name, true))));
        Path figures = Files.createDirectories(out.resolve("figures"));
        for (CompareTable.Row row : table.rows()) {
            String title = row.fault().id() + ": " + row.fault().title();
            write(
                    figures.resolve(row.fault().id() + ".svg"),
                    figure(
                            table,
                            title,
                            EXECUTIONS,
                            caption,
                            name -> row.cell(name).executions()));
            write(
                    figures.resolve(row.fault().id() + "-time.svg"),
                    figure(table, title, MILLIS, caption, name -> row.cell(name).millis()));
        }
        return files;
    }

    private static String figure(
            CompareTable table,
            String title,
            String unit,
            List<String> caption,
            Function<String, List<Observation>> observations) {
        List<Curve> curves = table.config().strategies().stream()
                .map(name -> new Curve(name, observations.apply(name)))
                .toList();
        return SurvivalFigure.of(title, unit, curves, caption);
    }

    private static Path write(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(aside, text, UTF_8);
        return Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
