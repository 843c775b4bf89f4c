package org.mmrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.mmrace.hunt.HuntFiles;
import org.mmrace.hunt.HuntListener;
import org.mmrace.hunt.HuntRequest;
import org.mmrace.stress.Durations;
import org.mmrace.stress.StressText;

/** How an exploration goes on: a {@link StatusLine}, and the log. */
final class ExploreLine implements HuntListener, AutoCloseable {
    private final StatusLine line;
    private final HuntFiles files;

    /** Plain lines go to {@code err}. */
    ExploreLine(PrintWriter err, HuntFiles files) {
        this.line = StatusLine.of(err);
        this.files = files;
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
        line.say(text, executions, elapsed);
    }

    @Override
    public void close() {
        line.close();
    }
}
