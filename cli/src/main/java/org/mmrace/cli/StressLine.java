package org.mmrace.cli;

import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressState;
import org.mmrace.stress.Durations;
import org.mmrace.stress.StressConfig;
import org.mmrace.stress.StressListener;
import org.mmrace.stress.StressProgress;
import org.mmrace.stress.StressText;

/** How a campaign goes on: a {@link StatusLine}, with a bar where there is room for one. */
final class StressLine implements StressListener, AutoCloseable {
    private static final int BAR_COLUMNS = 20;

    private final StatusLine line;

    /** The line of this campaign; plain lines go to {@code err}. */
    StressLine(StressConfig config, PrintWriter err) {
        boolean timed = config.opsPerThread() <= 0;
        this.line = StatusLine.of(err, timed ? config.duration().toMillis() : StatusLine.UNKNOWN, StressLine::render);
    }

    @Override
    public void progress(StressProgress progress) {
        line.say("stress  " + text(progress), progress.elapsed().toMillis(), progress.elapsed());
    }

    /** As much as fits: the numbers first, then a bar. */
    private static String render(ProgressState state, int columnsMax) {
        String text = state.getExtraMessage();
        double part = state.getMax() <= 0 ? 0 : Math.min(1, (double) state.getCurrent() / state.getMax());
        int done = (int) (BAR_COLUMNS * part);
        String line = text + "  [" + "#".repeat(done) + "-".repeat(BAR_COLUMNS - done) + "]";
        return Progress.fitting(line.length() <= columnsMax ? line : text, columnsMax);
    }

    private static String text(StressProgress progress) {
        Duration left = Duration.ofSeconds((progress.left().toMillis() + 999) / 1000);
        return Durations.clock(progress.elapsed()) + ", " + Durations.clock(left) + " left  "
                + StressText.thousands(progress.opsPerSecond()) + " ops/s  " + progress.epochs() + " epochs  "
                + progress.violations() + " violations";
    }

    @Override
    public void close() {
        line.close();
    }
}
