package org.mmrace.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.mmrace.run.RunProgress;
import org.mmrace.stress.Durations;
import org.mmrace.stress.StressText;

/** How the runs of a scenario go on: one line redrawn on a terminal, elsewhere one line every 30 seconds. */
final class RunLine implements RunProgress.Listener, AutoCloseable {
    private static final int INTERVAL_MILLIS = 200;
    private static final long PLAIN_SECONDS = 30;

    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private long nextPlainSeconds = PLAIN_SECONDS;

    /** Plain lines go to {@code err}. */
    RunLine(PrintWriter err) {
        this.err = err;
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

    @Override
    public void progress(RunProgress progress) {
        String text = "run  " + Durations.clock(progress.elapsed()) + "  " + StressText.thousands(progress.runs())
                + " runs  " + StressText.thousands(progress.bad()) + " with a finding";
        if (bar != null) {
            bar.stepTo(progress.runs());
            bar.setExtraMessage(text);
        } else if (progress.elapsed().toSeconds() >= nextPlainSeconds) {
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
