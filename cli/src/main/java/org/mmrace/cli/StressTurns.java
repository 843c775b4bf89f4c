package org.mmrace.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.stress.KnobRotation;
import org.mmrace.stress.RotatedCampaign;
import org.mmrace.stress.StressListener;
import org.mmrace.stress.StressText;

/** How a rotation goes on: a line for each turn on standard output, unless that is for JSON, and its progress. */
final class StressTurns implements RotatedCampaign.Listener, AutoCloseable {
    private final int count;
    private final @Nullable PrintWriter out;
    private final PrintWriter err;
    private int ended;
    private @Nullable StressLine line;

    /** Of {@code count} turns; {@code out} is null if nothing but the result may be written there. */
    StressTurns(int count, @Nullable PrintWriter out, PrintWriter err) {
        this.count = count;
        this.out = out;
        this.err = err;
    }

    @Override
    public StressListener begins(KnobRotation.Turn turn) {
        StressLine next = new StressLine(turn.config(), err);
        line = next;
        return next;
    }

    @Override
    public void ended(RotatedCampaign.Ended turn) {
        close();
        ended++;
        String text = StressText.turn(ended, count, turn);
        if (out != null) {
            out.println(text);
            out.flush();
        } else {
            err.println(text);
        }
    }

    @Override
    public void close() {
        StressLine running = line;
        if (running != null) {
            running.close();
            line = null;
        }
    }

    /** What is about to run. */
    static String header(List<KnobRotation.Turn> turns) {
        return StressText.header(turns.get(0).config()) + "  a turn, " + turns.size() + " turns";
    }
}
