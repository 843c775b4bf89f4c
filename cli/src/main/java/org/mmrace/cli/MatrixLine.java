package org.mmrace.cli;

import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.matrix.MatrixListener;
import org.mmrace.matrix.Trial;
import org.mmrace.stress.Durations;

/** How a matrix goes on: one line redrawn on a terminal, elsewhere one line every 30 seconds. */
final class MatrixLine implements MatrixListener, AutoCloseable {
    private static final int INTERVAL_MILLIS = 200;
    private static final long PLAIN_NANOS = 30_000_000_000L;

    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private final long start = System.nanoTime();
    private long nextPlain = start + PLAIN_NANOS;
    private long caught;
    private long tried;

    private MatrixLine(PrintWriter err, @Nullable ProgressBar bar) {
        this.err = err;
        this.bar = bar;
    }

    /** The line of one matrix; plain lines go to {@code err}. */
    static MatrixLine of(PrintWriter err) {
        if (!Progress.isTerminal()) {
            return new MatrixLine(err, null);
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setRenderer(Progress::render)
                .clearDisplayOnFinish()
                .setConsumer(Progress.consumer())
                .build();
        return new MatrixLine(err, bar);
    }

    @Override
    public void looking(Fault fault, String checker, boolean on, int done, int total) {
        String text = "matrix  " + Durations.clock(Duration.ofNanos(System.nanoTime() - start)) + "  cell "
                + (done + 1) + " of " + total + ": " + checker + " on " + (on ? "" : "the kernel without ") + fault.id()
                + "  " + caught + " of " + tried + " trials found theirs";
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
            bar.setExtraMessage(text);
        } else if (System.nanoTime() >= nextPlain) {
            nextPlain += PLAIN_NANOS;
            err.println(text);
            err.flush();
        }
    }

    @Override
    public void tried(Trial trial) {
        if (trial.on()) {
            tried++;
            caught += trial.caught() ? 1 : 0;
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
