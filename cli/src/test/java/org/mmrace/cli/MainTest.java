package org.mmrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine mmrace = Main.commandLine()
            .addSubcommand(new Broken())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));

    /** A subcommand with a bug in it. */
    @Command(name = "broken")
    static final class Broken implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new IllegalStateException("the first line\nand more");
        }
    }

    private int run(String... args) {
        return mmrace.execute(args);
    }

    @Test
    void versionIsTheOneOfThePom() {
        assertThat(run("--version")).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString()).matches("mmrace \\d+\\.\\d+\\.\\d+\\S* \\(JDK .*\\)\\R");
    }

    @Test
    void helpNamesTheExitCodes() {
        assertThat(run("--help")).isEqualTo(ExitCode.CLEAN);
        assertThat(out.toString())
                .contains("Usage: mmrace", "--debug", "nothing ran", "141   nobody read the output to its end");
    }

    @Test
    void nothingToRunIsNotASuccess() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Usage: mmrace");
    }

    @Test
    void usageErrorIsShortAndEndsWith2() {
        assertThat(run("brocken")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("brocken", "Try 'mmrace --help'.").doesNotContain("\tat ");
    }

    @Test
    void unexpectedFailureIsOneLineAndEndsWith3() {
        assertThat(run("broken")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines())
                .containsExactly("mmrace broken: IllegalStateException: the first line (--debug shows more)");
    }

    @Test
    void debugShowsTheStackTrace() {
        assertThat(run("broken", "--debug")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("\tat org.mmrace.cli.MainTest$Broken.call");
    }
}
