package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.stress.OutputDirectory;
import org.mmrace.verify.VerifyException;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One run of a command that measures a table for a long time, and goes on where an earlier one ended: its directory,
 * its interruption, what went wrong, and where the files are.
 */
final class TableSession {
    private final CommandSpec spec;
    private final Path out;

    /**
     * What is measured.
     *
     * @param interrupt tells it to come to an end soon
     * @param run measures, writes and prints, and gives the exit code
     */
    record Measurement(Runnable interrupt, Run run) {}

    /** Gives an exit code. */
    @FunctionalInterface
    interface Run {
        int run() throws VerifyException, IOException;
    }

    /** Reads what is needed to measure. */
    @FunctionalInterface
    interface Opening {
        Measurement open() throws VerifyException, IOException;
    }

    /** Everything goes to {@code out}. */
    TableSession(CommandSpec spec, Path out) {
        this.spec = spec;
        this.out = out;
    }

    /** Gives the exit code. */
    int run(Opening opening) {
        try {
            OutputDirectory.prepare(out);
        } catch (IOException e) {
            complain(Reason.writing(out, e));
            return ExitCode.FAILED;
        }
        int exitCode = ExitCode.FAILED;
        Interruption interruption = null;
        try {
            Measurement measurement = opening.open();
            interruption = Interruption.of(measurement.interrupt());
            exitCode = measurement.run().run();
        } catch (IllegalArgumentException e) {
            exitCode = ExitCode.USAGE;
            complain(e.getMessage());
        } catch (VerifyException e) {
            complain(e.getMessage());
        } catch (IOException e) {
            complain("cannot measure: " + Reason.of(e));
        } finally {
            if (interruption != null) {
                interruption.finished(exitCode);
            }
        }
        return exitCode;
    }

    /** Says what is about to be measured; the directory comes last. */
    void announce(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(what + " in " + out.toAbsolutePath().normalize());
        err.flush();
    }

    /** The table on standard output, and where the files are. */
    void report(String table, List<Path> files) {
        PrintWriter text = spec.commandLine().getOut();
        text.print(table);
        PrintWriter talk = spec.commandLine().getErr();
        files.forEach(file -> talk.println("wrote " + file));
        talk.flush();
        StandardOutput.flush(text);
    }

    private void complain(@Nullable String problem) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + problem);
    }
}
