package org.mmrace.explore.dpor;

import java.util.Arrays;

/** A moment of the current path. Sets of tasks are bits: there are at most 52. */
final class Node {
    /** The tasks that can go. */
    long enabled;

    /** The tasks that need not go, because what they would begin has been shown. */
    long asleep;

    /** The task that goes. */
    int taken;

    /** The values chosen before this node and after the one before. */
    final Values values = new Values();

    private Glances[] glances = {};

    /** What observers looked at when {@code task}, which sleeps, went. */
    Glances glances(int task) {
        return task < glances.length && glances[task] != null ? glances[task] : Glances.NONE;
    }

    /** {@code task} need not go any more. */
    void sleep(int task, Glances seen) {
        asleep |= 1L << task;
        if (seen != Glances.NONE || task < glances.length) {
            if (task >= glances.length) {
                glances = Arrays.copyOf(glances, task + 1);
            }
            glances[task] = seen;
        }
    }

    /** As a new one. */
    void wakeAll() {
        asleep = 0;
        glances = new Glances[0];
    }
}
