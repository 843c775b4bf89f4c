package org.mmrace.explore.dpor;

import java.util.Arrays;
import org.mmrace.explore.Choice;

/**
 * Source-DPOR with sleep sets (Abdulla, Aronis, Jonsson, Sagonas, POPL 2014, algorithm 1): shows each trace once, and
 * now and then begins an execution that turns out to have been shown.
 */
public final class SourceDpor extends Dpor {
    private long[] backtrack = new long[64];
    private final Preference preference;

    /** A search that has shown nothing. */
    public SourceDpor() {
        this(0);
    }

    /**
     * A search that has shown nothing, and begins elsewhere: it shows the same in another order.
     *
     * @param first the number of the task that goes first, then those behind it, where nothing else decides
     */
    public SourceDpor(int first) {
        preference = new Preference(first);
    }

    @Override
    int enter(int node, Choice choice) {
        if (node == backtrack.length) {
            backtrack = Arrays.copyOf(backtrack, 2 * node);
        }
        int task = preference.any(choice, awake(node));
        backtrack[node] = task == Choice.NONE ? 0 : 1L << task;
        return task;
    }

    @Override
    int next(int node) {
        long tasks = backtrack[node] & awake(node);
        return tasks == 0 ? Choice.NONE : Long.numberOfTrailingZeros(tasks);
    }

    @Override
    void reverse(Reversal reversal, Choice choice) {
        int node = reversal.base();
        int first = Choice.NONE;
        for (int task = 0; task < choice.tasks(); task++) {
            if (reversal.has(task) && reversal.mayBegin(task)) {
                if ((backtrack[node] & 1L << task) != 0) {
                    return;
                }
                first = task;
            }
        }
        backtrack[node] |= 1L << first;
    }

    @Override
    void happened(int event, Choice choice) {
        findRaces(event, choice);
    }

    @Override
    public String toString() {
        return preference.named("dpor");
    }
}
