package org.mmrace.cli;

import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarRenderer;
import org.jspecify.annotations.Nullable;

/** How long work goes on: one line redrawn on a terminal, elsewhere one line every 30 seconds. */
final class StatusLine implements AutoCloseable {
    /** That nobody knows how much there will be. */
    static final long UNKNOWN = -1;

    private static final int INTERVAL_MILLIS = 200;
    private static final long PLAIN_SECONDS = 30;

    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private final long start = System.nanoTime();
    private long nextPlainSeconds = PLAIN_SECONDS;

    private StatusLine(PrintWriter err, @Nullable ProgressBar bar) {
        this.err = err;
        this.bar = bar;
    }

    /** One that is nothing but its text; plain lines go to {@code err}. */
    static StatusLine of(PrintWriter err) {
        return of(err, UNKNOWN, Progress::render);
    }

    /**
     * One that {@code renderer} draws, of so much work; plain lines go to {@code err}.
     *
     * @param max as {@link #say} counts it, or {@link #UNKNOWN}
     */
    static StatusLine of(PrintWriter err, long max, ProgressBarRenderer renderer) {
        if (!Progress.isTerminal()) {
            return new StatusLine(err, null);
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setInitialMax(max)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setRenderer(renderer)
                .clearDisplayOnFinish()
                .setConsumer(Progress.consumer())
                .build();
        return new StatusLine(err, bar);
    }

    /** Since this line was made, for work that keeps no time of its own. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * The state of things.
     *
     * @param done how much of the work
     * @param elapsed since it began
     */
    void say(String text, long done, Duration elapsed) {
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(text);
        } else if (elapsed.toSeconds() >= nextPlainSeconds) {
            nextPlainSeconds = elapsed.toSeconds() / PLAIN_SECONDS * PLAIN_SECONDS + PLAIN_SECONDS;
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
