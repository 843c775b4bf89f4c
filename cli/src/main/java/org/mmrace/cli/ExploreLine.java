package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.mmrace.hunt.HuntFiles;
import org.mmrace.hunt.HuntListener;
import org.mmrace.hunt.HuntRequest;
import org.mmrace.stress.Durations;
import org.mmrace.stress.StressText;

/** How an exploration goes on: one line redrawn on a terminal, elsewhere one line every 30 seconds; and in the log. */
final class ExploreLine implements HuntListener, AutoCloseable {
    private static final int INTERVAL_MILLIS = 200;
    private static final long PLAIN_SECONDS = 30;

    private final PrintWriter err;
    private final HuntFiles files;
    private final @Nullable ProgressBar bar;
    private long nextPlainSeconds = PLAIN_SECONDS;

    /** Plain lines go to {@code err}. */
    ExploreLine(PrintWriter err, HuntFiles files) {
        this.err = err;
        this.files = files;
        this.bar = Progress.isTerminal()
                ? new ProgressBarBuilder()
                        .setInitialMax(-1)
                        .setUpdateIntervalMillis(INTERVAL_MILLIS)
                        .setRenderer(Progress::render)
                        .clearDisplayOnFinish()
                        .setConsumer(Progress.consumer())
                        .build()
                : null;
    }

    /** @throws UncheckedIOException when the log cannot be written */
    @Override
    public void progress(HuntRequest request, long executions, Duration elapsed) {
        try {
            files.progress(request, executions, elapsed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long perSecond = Math.round(executions * 1e9 / Math.max(1, elapsed.toNanos()));
        String text = "explore  " + Durations.clock(elapsed) + "  "
                + request.scenario().name() + "  "
                + StressText.thousands(executions) + " executions, " + StressText.thousands(perSecond)
                + " per second";
        if (bar != null) {
            bar.stepTo(executions);
            bar.setExtraMessage(text);
        } else if (elapsed.toSeconds() >= nextPlainSeconds) {
            nextPlainSeconds += PLAIN_SECONDS;
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
