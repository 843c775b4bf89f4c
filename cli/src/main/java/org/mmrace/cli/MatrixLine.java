package org.mmrace.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.mmrace.fault.Fault;
import org.mmrace.matrix.MatrixListener;
import org.mmrace.matrix.Trial;
import org.mmrace.stress.Durations;

/** How a matrix goes on: a {@link StatusLine}. */
final class MatrixLine implements MatrixListener, AutoCloseable {
    private final StatusLine line;
    private long caught;
    private long tried;

    /** Plain lines go to {@code err}. */
    MatrixLine(PrintWriter err) {
        this.line = StatusLine.of(err);
    }

    @Override
    public void looking(Fault fault, String checker, boolean on, int done, int total) {
        Duration elapsed = line.elapsed();
        String text = "matrix  " + Durations.clock(elapsed) + "  cell " + (done + 1) + " of " + total + ": " + checker
                + " on " + (on ? "" : "the kernel without ") + fault.id()
                + "  " + caught + " of " + tried + " trials found theirs";
        line.say(text, done, elapsed);
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
        line.close();
    }
}
