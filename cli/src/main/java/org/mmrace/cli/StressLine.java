package org.mmrace.cli;

import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;
import org.mmrace.stress.Durations;
import org.mmrace.stress.StressConfig;
import org.mmrace.stress.StressListener;
import org.mmrace.stress.StressProgress;
import org.mmrace.stress.StressText;

/** How a campaign goes on: one line redrawn on a terminal, elsewhere one line every 30 seconds. */
final class StressLine implements StressListener, AutoCloseable {
    private static final int INTERVAL_MILLIS = 200;
    private static final int BAR_COLUMNS = 20;
    private static final long PLAIN_SECONDS = 30;

    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private long nextPlainSeconds = PLAIN_SECONDS;

    private StressLine(PrintWriter err, @Nullable ProgressBar bar) {
        this.err = err;
        this.bar = bar;
    }

    /** The line of this campaign; plain lines go to {@code err}. */
    static StressLine of(StressConfig config, PrintWriter err) {
        if (!Progress.isTerminal()) {
            return new StressLine(err, null);
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setInitialMax(
                        config.opsPerThread() > 0 ? -1 : config.duration().toMillis())
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setRenderer(StressLine::render)
                .clearDisplayOnFinish()
                .setConsumer(Progress.consumer())
                .build();
        return new StressLine(err, bar);
    }

    @Override
    public void progress(StressProgress progress) {
        if (bar != null) {
            bar.stepTo(progress.elapsed().toMillis());
            bar.setExtraMessage(text(progress));
        } else if (progress.elapsed().toSeconds() >= nextPlainSeconds) {
            nextPlainSeconds += PLAIN_SECONDS;
            err.println("stress " + text(progress));
        }
    }

    /** As much as fits: the numbers first, then a bar. */
    private static String render(ProgressState state, int columnsMax) {
        String text = "stress  " + state.getExtraMessage();
        double part = state.getMax() <= 0 ? 0 : Math.min(1, (double) state.getCurrent() / state.getMax());
        int done = (int) (BAR_COLUMNS * part);
        String line = text + "  [" + "#".repeat(done) + "-".repeat(BAR_COLUMNS - done) + "]";
        String shown = line.length() <= columnsMax ? line : text;
        String fitting = shown.substring(0, Math.min(shown.length(), Math.max(0, columnsMax)));
        return fitting + " ".repeat(Math.max(0, columnsMax - fitting.length())); // covers what was there before
    }

    private static String text(StressProgress progress) {
        Duration left = Duration.ofSeconds((progress.left().toMillis() + 999) / 1000);
        return Durations.clock(progress.elapsed()) + ", " + Durations.clock(left) + " left  "
                + StressText.thousands(progress.opsPerSecond()) + " ops/s  " + progress.epochs() + " epochs  "
                + progress.violations() + " violations";
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
