package org.mmrace.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Processes whose output is read line by line and kept, and that can be ended with everything they have started. */
final class Child {
    private static final long TICK_MILLIS = 500;
    private static final int SIGNAL_BASE = 128;

    private final Object lock = new Object();
    private @Nullable Process process;
    private boolean interrupted;

    /** Processes that it has started: once it is dead, nobody knows whose they were. */
    private final Set<ProcessHandle> descendants = new HashSet<>();

    /**
     * How one ended.
     *
     * @param exitCode its exit code; more than 128 for a signal
     * @param lastLines of its output
     * @param lost why its output could not be kept; null when it was
     */
    record End(
            int exitCode, List<String> lastLines, @Nullable String lost) {
        /** {@code "ended with exit code 3"}, {@code "was ended by signal 9"}. */
        String how() {
            return exitCode > SIGNAL_BASE
                    ? "was ended by signal " + (exitCode - SIGNAL_BASE)
                    : "ended with exit code " + exitCode;
        }
    }

    /**
     * Runs a command to its end.
     *
     * @param command the program and its arguments
     * @param directory where it runs
     * @param log the file that keeps its output
     * @param lines hears every line, on this thread
     * @param tick called when half a second brought no line, on this thread
     * @throws IOException when it cannot be started
     */
    End run(List<String> command, Path directory, Path log, Consumer<String> lines, Runnable tick) throws IOException {
        Process child = start(command, directory);
        OutputLog kept = new OutputLog(log);
        int exitCode;
        try (kept) {
            follow(child, kept, lines, () -> {
                remember(child);
                tick.run();
            });
            exitCode = child.waitFor();
        } catch (InterruptedException e) {
            interrupt();
            Thread.currentThread().interrupt();
            exitCode = SIGNAL_BASE;
        } finally {
            destroy(child);
        }
        return new End(exitCode, kept.lastLines(), kept.lost());
    }

    private static void follow(Process child, OutputLog kept, Consumer<String> lines, Runnable tick)
            throws InterruptedException {
        BlockingQueue<Optional<String>> queue = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(child, queue), "verify-output");
        reader.setDaemon(true);
        reader.start();
        for (Optional<String> line = next(queue, tick); line.isPresent(); line = next(queue, tick)) {
            kept.add(line.get());
            lines.accept(line.get());
        }
    }

    /** Ends the process that runs, and the next ones as soon as they are started. */
    void interrupt() {
        synchronized (lock) {
            interrupted = true;
            if (process != null) {
                destroy(process);
            }
        }
    }

    boolean interrupted() {
        synchronized (lock) {
            return interrupted;
        }
    }

    private Process start(List<String> command, Path directory) throws IOException {
        Process child = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        child.getOutputStream().close(); // nothing is typed for it
        synchronized (lock) {
            process = child;
            if (interrupted) {
                destroy(child);
            }
        }
        return child;
    }

    /** Its descendants first: they would go on without it. */
    private void destroy(Process child) {
        remember(child);
        synchronized (lock) {
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
        child.destroyForcibly();
    }

    private void remember(Process child) {
        synchronized (lock) {
            descendants.removeIf(process -> !process.isAlive());
            child.descendants().forEach(descendants::add);
        }
    }

    private static void read(Process child, BlockingQueue<Optional<String>> queue) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                queue.add(Optional.of(line));
            }
        } catch (IOException e) {
            queue.add(Optional.of("(its output ended: " + e.getMessage() + ")"));
        } finally {
            queue.add(Optional.empty());
        }
    }

    /** The next line; empty at the end. */
    private static Optional<String> next(BlockingQueue<Optional<String>> queue, Runnable tick)
            throws InterruptedException {
        Optional<String> line = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        while (line == null) {
            tick.run();
            line = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return line;
    }
}
