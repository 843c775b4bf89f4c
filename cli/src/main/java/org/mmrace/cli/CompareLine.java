package org.mmrace.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.mmrace.compare.Compare;
import org.mmrace.matrix.Trial;
import org.mmrace.stress.Durations;

/** How a comparison goes on: a {@link StatusLine}. */
final class CompareLine implements Compare.Listener, AutoCloseable {
    private final StatusLine line;
    private long found;
    private long tried;

    /** Plain lines go to {@code err}. */
    CompareLine(PrintWriter err) {
        this.line = StatusLine.of(err);
    }

    @Override
    public void tried(Trial trial, int done, int total) {
        tried++;
        found += trial.caught() ? 1 : 0;
        Duration elapsed = line.elapsed();
        String text = "compare  " + Durations.clock(elapsed) + "  attempt " + done + " of " + total + ": "
                + trial.checker() + " at " + trial.fault().id() + "  " + found + " of " + tried + " found theirs";
        line.say(text, done, elapsed);
    }

    @Override
    public void close() {
        line.close();
    }
}
