package org.mmrace.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ctrl-C: tells the work to come to an end, waits until it has been reported, and ends the process with the code of the
 * report, which would otherwise be that of the signal.
 */
final class Interruption {
    private static final long PATIENCE_SECONDS = 15;

    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread hook;

    private Interruption(Runnable stop) {
        hook = new Thread(
                () -> {
                    stop.run();
                    Runtime.getRuntime().halt(await());
                },
                "interruption");
    }

    /** Calls {@code stop} when the process is told to end before {@link #finished}. */
    static Interruption of(Runnable stop) {
        Interruption interruption = new Interruption(stop);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private int await() {
        try {
            return exitCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | InterruptedException | ExecutionException e) {
            return ExitCode.INTERRUPTED;
        }
    }

    /** Everything has been written. */
    void finished(int code) {
        exitCode.complete(code);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook does the rest.
            Thread.yield();
        }
    }
}
