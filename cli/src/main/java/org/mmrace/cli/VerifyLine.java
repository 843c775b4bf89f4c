package org.mmrace.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.mmrace.stress.Durations;
import org.mmrace.verify.VerifyListener;
import org.mmrace.verify.VerifyPlan;
import org.mmrace.verify.VerifyProgress;

/** How a checker goes on: one line redrawn on a terminal, elsewhere one line every 30 seconds. */
final class VerifyLine implements VerifyListener, AutoCloseable {
    private static final int INTERVAL_MILLIS = 200;
    private static final long PLAIN_SECONDS = 30;

    private final String checker;
    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private long nextPlainSeconds = PLAIN_SECONDS;

    private VerifyLine(String checker, PrintWriter err, @Nullable ProgressBar bar) {
        this.checker = checker;
        this.err = err;
        this.bar = bar;
    }

    /** The line of this run; plain lines go to {@code err}. */
    static VerifyLine of(VerifyPlan plan, PrintWriter err) {
        String checker = plan.checker().term();
        if (!Progress.isTerminal()) {
            return new VerifyLine(checker, err, null);
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setInitialMax(plan.tests().size())
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setRenderer(Progress::render)
                .clearDisplayOnFinish()
                .setConsumer(Progress.consumer())
                .build();
        return new VerifyLine(checker, err, bar);
    }

    @Override
    public void progress(VerifyProgress progress) {
        String text = checker + "  " + text(progress);
        if (bar != null) {
            bar.stepTo(progress.done());
            bar.setExtraMessage(text);
        } else if (progress.elapsed().toSeconds() >= nextPlainSeconds) {
            nextPlainSeconds = progress.elapsed().toSeconds() / PLAIN_SECONDS * PLAIN_SECONDS + PLAIN_SECONDS;
            err.println(text);
            err.flush();
        }
    }

    private static String text(VerifyProgress progress) {
        return Durations.clock(progress.elapsed()) + "  " + progress.done() + " of " + progress.planned() + " tests  "
                + progress.failures() + " failures"
                + (progress.left().isZero() ? "" : "  " + Durations.clock(progress.left()) + " left");
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
