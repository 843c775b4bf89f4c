package org.mmrace.cli;

import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A failure nobody foresaw: one line for the user, the stack trace for those who ask. */
final class UnexpectedErrors implements IExecutionExceptionHandler {
    private final BooleanSupplier debug;

    UnexpectedErrors(BooleanSupplier debug) {
        this.debug = debug;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        return handle(exception, command);
    }

    int handle(Throwable failure, CommandLine command) {
        if (failure instanceof StandardOutput.ClosedException) {
            return ExitCode.CLOSED_PIPE;
        }
        String name = command.getCommandSpec().qualifiedName();
        if (debug.getAsBoolean()) {
            failure.printStackTrace(command.getErr());
        } else if (failure instanceof StandardOutput.LostException) {
            command.getErr().println(name + ": " + failure.getMessage());
        } else {
            command.getErr().println(name + ": " + oneLine(failure) + " (--debug shows more)");
        }
        return ExitCode.FAILED;
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        String kind = failure.getClass().getSimpleName();
        return message == null
                ? kind
                : kind + ": " + message.lines().findFirst().orElse("");
    }
}
