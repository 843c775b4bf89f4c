package org.mmrace.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine;

/** What commands of a test print. */
final class Printed {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    private Consumer<String> said = line -> {};

    /** Tells {@code said} of each line of standard error, when it is there. */
    Printed hearing(Consumer<String> newSaid) {
        said = newSaid;
        return this;
    }

    /** Runs the whole command line; gives the exit code. */
    int mmrace(String... args) {
        return run(Main.commandLine(), args);
    }

    /** Runs a command alone, with what the whole command line does about errors; gives the exit code. */
    int alone(Object command, String... args) {
        CommandLine line = Words.readBy(new CommandLine(command))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new UnexpectedErrors(() -> false));
        return run(line, args);
    }

    private int run(CommandLine command, String... args) {
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true) {
                    @Override
                    public void println(String line) {
                        super.println(line);
                        said.accept(line);
                    }
                })
                .execute(args);
    }

    List<String> lines() {
        return out.toString().lines().toList();
    }

    String lastLine() {
        return lines().get(lines().size() - 1);
    }
}
