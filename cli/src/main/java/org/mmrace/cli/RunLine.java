package org.mmrace.cli;

import java.io.PrintWriter;
import org.mmrace.run.RunProgress;
import org.mmrace.stress.Durations;
import org.mmrace.stress.StressText;

/** How the runs of a scenario go on: a {@link StatusLine}. */
final class RunLine implements RunProgress.Listener, AutoCloseable {
    private final StatusLine line;

    /** Plain lines go to {@code err}. */
    RunLine(PrintWriter err) {
        this.line = StatusLine.of(err);
    }

    @Override
    public void progress(RunProgress progress) {
        String text = "run  " + Durations.clock(progress.elapsed()) + "  " + StressText.thousands(progress.runs())
                + " runs  " + StressText.thousands(progress.bad()) + " with a finding";
        line.say(text, progress.runs(), progress.elapsed());
    }

    @Override
    public void close() {
        line.close();
    }
}
