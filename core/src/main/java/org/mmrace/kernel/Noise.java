package org.mmrace.kernel;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Stretches the windows of races on real threads: now and then, right before a step that changes shared state, the
 * thread sleeps for a moment, so that others get through what would otherwise be a few nanoseconds (noise making,
 * Edelstein et al., "Framework for testing multi-threaded Java programs", 2003).
 */
public final class Noise {
    /** Never. */
    public static final Noise NONE = new Noise(0, 0);

    private static final long SLEEP_NANOS = 1;
    private static final int SLOTS = 64;

    /** Ints from one slot to the next, so that threads do not share cache lines. */
    private static final int STRIDE = 32;

    private final int stepsPerSleep;
    private final SplittableRandom random;

    /** Steps left until the next sleep, by thread id; threads that meet in a slot only sleep at other distances. */
    private final int[] left = new int[SLOTS * STRIDE];

    /**
     * Noise at random distances.
     *
     * @param stepsPerSleep how many changing steps of a thread lie between two sleeps on average; 0 for none
     */
    public Noise(int stepsPerSleep, long seed) {
        this.stepsPerSleep = stepsPerSleep;
        this.random = new SplittableRandom(seed);
    }

    /** A step is about to happen. */
    void step() {
        if (stepsPerSleep != 0) {
            int slot = ((int) Thread.currentThread().getId() & (SLOTS - 1)) * STRIDE;
            if (--left[slot] < 0) {
                left[slot] = distance();
                LockSupport.parkNanos(SLEEP_NANOS);
            }
        }
    }

    private synchronized int distance() {
        return random.nextInt(2 * stepsPerSleep);
    }
}
