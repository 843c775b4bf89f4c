package org.mmrace.explore.race;

import java.util.Arrays;

/** How much of each task is known to have happened. Counts per task, by the task's number, 0 for what is not there. */
final class VectorClock {
    private int[] counts;

    /** Knows nothing. */
    VectorClock() {
        counts = new int[4];
    }

    private VectorClock(int[] counts) {
        this.counts = counts;
    }

    /** How much of {@code task} is known. */
    int of(int task) {
        return task < counts.length ? counts[task] : 0;
    }

    /** One more of {@code task}. */
    void tick(int task) {
        ensure(task + 1);
        counts[task]++;
    }

    /** Knows from now on what {@code other} knows too. */
    void join(VectorClock other) {
        ensure(other.counts.length);
        for (int task = 0; task < other.counts.length; task++) {
            counts[task] = Math.max(counts[task], other.counts[task]);
        }
    }

    /** The same, on its own. */
    VectorClock copy() {
        return new VectorClock(counts.clone());
    }

    private void ensure(int size) {
        if (size > counts.length) {
            counts = Arrays.copyOf(counts, size);
        }
    }
}
