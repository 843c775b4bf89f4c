package org.mmrace.cli;

import java.io.PrintWriter;
import org.mmrace.stress.Durations;
import org.mmrace.verify.VerifyListener;
import org.mmrace.verify.VerifyPlan;
import org.mmrace.verify.VerifyProgress;

/** How a checker goes on: a {@link StatusLine}. */
final class VerifyLine implements VerifyListener, AutoCloseable {
    private final String checker;
    private final StatusLine line;

    /** The line of this run; plain lines go to {@code err}. */
    VerifyLine(VerifyPlan plan, PrintWriter err) {
        this.checker = plan.checker().term();
        this.line = StatusLine.of(err);
    }

    @Override
    public void progress(VerifyProgress progress) {
        line.say(checker + "  " + text(progress), progress.done(), progress.elapsed());
    }

    private static String text(VerifyProgress progress) {
        return Durations.clock(progress.elapsed()) + "  " + progress.done() + " of " + progress.planned() + " tests  "
                + progress.failures() + " failures"
                + (progress.left().isZero() ? "" : "  " + Durations.clock(progress.left()) + " left");
    }

    @Override
    public void close() {
        line.close();
    }
}
