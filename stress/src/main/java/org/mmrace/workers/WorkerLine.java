package org.mmrace.workers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a child does about its parent: reports on standard output, and comes to an end when its standard input does, for
 * then its parent has had enough, or has died.
 */
public final class WorkerLine {
    private static final long PATIENCE_MILLIS = 10_000;
    private static final int EXIT_FAILED = 3;

    private final PrintStream out;

    private WorkerLine(PrintStream out) {
        this.out = out;
    }

    /**
     * Begins to listen. Nothing else may read {@link System#in} or write to {@link System#out}.
     *
     * @param enough called once, on a thread of its own, when the parent wants no more; a process that goes on ten
     *     seconds longer is ended
     */
    public static WorkerLine open(Runnable enough) {
        Thread listener = new Thread(() -> listen(System.in, enough), "parent");
        listener.setDaemon(true);
        listener.start();
        return new WorkerLine(new PrintStream(System.out, false, UTF_8));
    }

    private static void listen(InputStream in, Runnable enough) {
        try {
            while (in.read() >= 0) {
                Thread.onSpinWait(); // nothing is said, only the end counts
            }
        } catch (IOException e) {
            System.err.println("worker: cannot hear the parent, which ends this worker: " + e.getMessage());
        }
        enough.run();
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_FAILED);
    }

    /** Tells the parent. */
    public void report(WorkerReport report) {
        out.println(report.toJson());
        out.flush();
    }
}
