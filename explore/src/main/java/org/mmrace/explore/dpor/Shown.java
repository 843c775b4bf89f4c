package org.mmrace.explore.dpor;

import java.util.OptionalLong;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.VerdictText;

/** Counts how the executions of a reduction ended, and says what that proves. */
abstract class Shown implements Strategy {
    private long complete;
    private long stuck;
    private long blocked;
    private long cut;

    final void countComplete() {
        complete++;
    }

    final void countStuck() {
        stuck++;
    }

    final void countBlocked() {
        blocked++;
    }

    final void countCut() {
        cut++;
    }

    /** How many executions came to an end; each is another trace. */
    public final long complete() {
        return complete;
    }

    /** How many executions came to where no task can go on; each is another trace. */
    public final long deadlocked() {
        return stuck;
    }

    /** How many executions were given up because all that could follow had been shown. */
    public final long sleepSetBlocked() {
        return blocked;
    }

    /**
     * How many executions were cut off: a livelock, the step bound, a failure, somebody who stopped them, or a loop
     * that a task turned again and again although others could go. With one of those, traces may be missing.
     */
    public final long cut() {
        return cut;
    }

    @Override
    public final OptionalLong allTraces() {
        return cut == 0 ? OptionalLong.of(complete + stuck) : OptionalLong.empty();
    }

    /** {@inheritDoc} Says what was left out, if something was. */
    @Override
    public final String proved(long executions) {
        String traces = VerdictText.all(complete + stuck, "trace");
        String ending = complete + stuck == 1 ? " that ends" : " that end";
        return cut == 0
                ? traces
                : traces + ending + " before a task turns a loop " + Choice.TURNS_MAX + " times in a row ("
                        + VerdictText.count(cut, "execution") + " cut off)";
    }
}
