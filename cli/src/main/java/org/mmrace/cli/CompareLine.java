package org.mmrace.cli;

import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.mmrace.compare.Compare;
import org.mmrace.matrix.Trial;
import org.mmrace.stress.Durations;

/** How a comparison goes on: one line redrawn on a terminal, elsewhere one line every 30 seconds. */
final class CompareLine implements Compare.Listener, AutoCloseable {
    private static final int INTERVAL_MILLIS = 200;
    private static final long PLAIN_NANOS = 30_000_000_000L;

    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private final long start = System.nanoTime();
    private long nextPlain = start + PLAIN_NANOS;
    private long found;
    private long tried;

    /** Plain lines go to {@code err}. */
    CompareLine(PrintWriter err) {
        this.err = err;
        this.bar = Progress.isTerminal()
                ? new ProgressBarBuilder()
                        .setUpdateIntervalMillis(INTERVAL_MILLIS)
                        .setRenderer(Progress::render)
                        .clearDisplayOnFinish()
                        .setConsumer(Progress.consumer())
                        .build()
                : null;
    }

    @Override
    public void tried(Trial trial, int done, int total) {
        tried++;
        found += trial.caught() ? 1 : 0;
        String text = "compare  " + Durations.clock(Duration.ofNanos(System.nanoTime() - start)) + "  attempt " + done
                + " of " + total + ": " + trial.checker() + " at "
                + trial.fault().id() + "  " + found + " of " + tried
                + " found theirs";
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
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
