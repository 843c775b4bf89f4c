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

    private final int stepsPerSleep;
    private final SplittableRandom seeds;
    private final ThreadLocal<Countdown> countdowns = ThreadLocal.withInitial(this::newCountdown);

    /**
     * Noise at random distances.
     *
     * @param stepsPerSleep how many changing steps of a thread lie between two sleeps on average; 0 for none
     */
    public Noise(int stepsPerSleep, long seed) {
        this.stepsPerSleep = stepsPerSleep;
        this.seeds = new SplittableRandom(seed);
    }

    private static final class Countdown {
        private final SplittableRandom random;
        private int left;

        Countdown(SplittableRandom random) {
            this.random = random;
        }
    }

    private synchronized Countdown newCountdown() {
        return new Countdown(seeds.split());
    }

    /** A step is about to happen. */
    void step() {
        if (stepsPerSleep == 0) {
            return;
        }
        Countdown countdown = countdowns.get();
        if (countdown.left-- <= 0) {
            countdown.left = countdown.random.nextInt(2 * stepsPerSleep);
            LockSupport.parkNanos(SLEEP_NANOS);
        }
    }
}
