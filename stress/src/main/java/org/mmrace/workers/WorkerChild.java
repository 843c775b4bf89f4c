package org.mmrace.workers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One child: a process whose lines are reports. */
final class WorkerChild {
    private static final int SIGNAL_BASE = 128;

    private final WorkerSeat seat;
    private final List<String> command;
    private final Runnable changed;
    private @Nullable Process process;
    private @Nullable Thread reader;
    private volatile WorkerReport latest = WorkerReport.NOTHING;
    private volatile boolean unheard;
    private volatile String saidLast = "";
    private volatile String lost = "";

    /** @param changed called after each report and at the end, on a thread of this child's */
    WorkerChild(WorkerSeat seat, List<String> command, Runnable changed) {
        this.seat = seat;
        this.command = command;
        this.changed = changed;
    }

    void start() {
        try {
            Process started = new ProcessBuilder(command).start();
            process = started;
            Thread errors = thread("errors", () -> lines(started.getErrorStream(), line -> saidLast = line));
            reader = thread("reports", () -> follow(started, errors));
        } catch (IOException e) {
            lost = seat + " could not be started: " + e.getMessage();
        }
    }

    private Thread thread(String what, Runnable body) {
        Thread thread = new Thread(body, "worker-" + seat.number() + "-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void lines(InputStream stream, Consumer<String> sink) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sink.accept(line);
            }
        } catch (IOException e) {
            saidLast = "(its output broke off: " + e.getMessage() + ")";
        }
    }

    private void follow(Process started, Thread errors) {
        try {
            lines(started.getInputStream(), this::hear);
            errors.join();
            end(started.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            changed.run();
        }
    }

    private void hear(String line) {
        try {
            latest = WorkerReport.parse(line);
            changed.run();
        } catch (IllegalArgumentException e) {
            saidLast = "no report of a worker: " + line;
        }
    }

    private void end(int exitCode) {
        if (!latest.ended() && !unheard) {
            String how = exitCode > SIGNAL_BASE
                    ? "was ended by signal " + (exitCode - SIGNAL_BASE)
                    : "ended with exit code " + exitCode;
            lost = seat + " " + how + (saidLast.isEmpty() ? "" : ", its last words: " + saidLast);
        }
    }

    /** What it has said last. */
    WorkerReport latest() {
        return latest;
    }

    /** What happened to it; empty while nothing has. */
    String lost() {
        return lost.isEmpty() ? "" : "worker " + lost;
    }

    /** Whether it works. */
    boolean alive() {
        return reader != null && reader.isAlive();
    }

    /** Tells it that it is enough; one that has not said anything is still starting, hears nothing, and just ends. */
    void stop() {
        Process started = process;
        if (started == null) {
            return;
        }
        unheard = latest.equals(WorkerReport.NOTHING);
        if (unheard) {
            started.destroy();
            return;
        }
        try {
            started.getOutputStream().close();
        } catch (IOException e) {
            started.destroy(); // it does not hear
        }
    }

    /** Waits for its end for so long, and then ends it. */
    void awaitEnd(long millis) throws InterruptedException {
        if (process != null && !process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
        if (reader != null) {
            reader.join();
        }
    }
}
