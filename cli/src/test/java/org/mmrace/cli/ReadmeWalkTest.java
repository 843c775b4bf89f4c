package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The walk through README.md, "Every interleaving": its commands print its lines. Numbers may differ, for they change
 * with the model and the machine; {@code ...} stands for any lines.
 */
class ReadmeWalkTest {
    private static final String HEADING = "## Every interleaving";
    private static final String OUT = "mmrace-out/explore";

    @TempDir
    private Path dir;

    /** A command and the lines that it prints. */
    private record Shown(String command, List<String> lines) {}

    private static List<Shown> shown() throws IOException {
        String text = Files.readString(Path.of("../README.md"));
        String section = text.substring(text.indexOf(HEADING));
        List<Shown> shown = new ArrayList<>();
        for (String block : section.substring(0, section.indexOf("\n## ")).split("```\n", -1)) {
            if (block.startsWith("$ ./mmrace ")) {
                List<String> lines = block.lines().toList();
                shown.add(new Shown(lines.get(0).substring("$ ./mmrace ".length()), lines.subList(1, lines.size())));
            }
        }
        return shown;
    }

    @Test
    void theCommandsPrintWhatTheReadmeShows() throws IOException {
        List<Shown> all = shown();
        assertThat(all).hasSize(3);
        assertThat(exit(all.get(0))).isEqualTo(ExitCode.FOUND);
        assertThat(exit(all.get(1))).isEqualTo(ExitCode.FOUND);
        assertThat(exit(all.get(2))).isEqualTo(ExitCode.CLEAN);
    }

    private int exit(Shown shown) throws IOException {
        StringWriter out = new StringWriter();
        int exitCode = command(shown.command())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments(shown.command()));
        assertShown(shown.lines(), out.toString().lines().toList());
        return exitCode;
    }

    private static CommandLine command(String words) {
        return new CommandLine(
                words.startsWith("explore ") ? new ExploreCommand(Map.of("MMRACE_HOME", "..")) : new ReplayCommand());
    }

    /** Without the name of the command, from here, with files where this test has its own and time for any machine. */
    private String[] arguments(String words) throws IOException {
        String here = words.replace("scenarios/", "../scenarios/");
        if (words.startsWith("explore ")) {
            return (here + " --time 5m --out " + dir)
                    .substring("explore ".length())
                    .split(" ", -1);
        }
        try (Stream<Path> files = Files.list(dir)) {
            return new String[] {
                files.filter(file -> file.toString().endsWith(".fail"))
                        .findFirst()
                        .orElseThrow()
                        .toString()
            };
        }
    }

    /** The lines between two {@code ...} are printed one after the other. */
    private void assertShown(List<String> shown, List<String> printed) {
        List<String> plain = printed.stream().map(this::plain).toList();
        int at = 0;
        int from = 0;
        while (from <= shown.size()) {
            int to = from;
            while (to < shown.size() && !shown.get(to).equals("...")) {
                to++;
            }
            List<String> block =
                    shown.subList(from, to).stream().map(this::plain).toList();
            int found = Collections.indexOfSubList(plain.subList(at, plain.size()), block);
            assertThat(from == 0 ? found == 0 : found >= 0)
                    .as("README shows%n%s%nand printed is%n%s", String.join("\n", block), String.join("\n", plain))
                    .isTrue();
            at += found + block.size();
            from = to + 1;
        }
        assertThat(plain.subList(at, plain.size()))
                .as("printed behind what README shows")
                .isEmpty();
    }

    private String plain(String line) {
        return line.replace(dir.toString(), OUT)
                .replace("./mmrace ", "mmrace ")
                .replaceAll("-[0-9a-f]{6}\\.fail", "-#.fail")
                .replaceAll("[0-9]+([. ][0-9]+)*", "#")
                .replaceAll(" +", " ")
                .strip();
    }
}
