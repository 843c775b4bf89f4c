package org.mmrace.stress;

import java.time.Duration;

/** The clock of a campaign: when it ends, when the next epoch begins, and when somebody is told how it goes on. */
final class Ticker {
    private static final long TELL_NANOS = 200_000_000;

    private final StressConfig config;
    private final World world;
    private final StressListener listener;
    private final long start;
    private long nextEpoch;
    private long lastTold;
    private long lastOperations;

    Ticker(StressConfig config, World world, StressListener listener, long start) {
        this.config = config;
        this.world = world;
        this.listener = listener;
        this.start = start;
        this.lastTold = start;
        long length =
                config.opsPerThread() > 0 ? Long.MAX_VALUE : config.duration().toNanos();
        this.nextEpoch = start + Math.min(config.epoch().toNanos(), length);
    }

    /** Whether the time is over, for a campaign that goes by time. */
    boolean isOver() {
        return config.opsPerThread() == 0
                && System.nanoTime() - start >= config.duration().toNanos();
    }

    /** Whether an epoch has ended since this was last asked. */
    boolean isEpochOver() {
        long now = System.nanoTime();
        if (now < nextEpoch) {
            return false;
        }
        nextEpoch = Math.min(
                now + config.epoch().toNanos(),
                Math.max(now + 1, start + config.duration().toNanos()));
        return true;
    }

    long millisToEpoch() {
        return (nextEpoch - System.nanoTime()) / 1_000_000;
    }

    /** Tells how it goes on, if it is time to. */
    void tick(long epochs, Findings findings) {
        long now = System.nanoTime();
        if (now - lastTold < TELL_NANOS) {
            return;
        }
        long operations = 0;
        for (Worker worker : world.workers()) {
            operations += worker.done();
        }
        Duration elapsed = Duration.ofNanos(now - start);
        Duration left =
                config.opsPerThread() > 0 ? Duration.ZERO : config.duration().minus(elapsed);
        long perSecond = Math.round((operations - lastOperations) * 1e9 / (now - lastTold));
        lastTold = now;
        lastOperations = operations;
        long violations =
                findings.counts().values().stream().mapToLong(Long::longValue).sum();
        listener.progress(new StressProgress(
                elapsed, left.isNegative() ? Duration.ZERO : left, operations, perSecond, epochs, violations));
    }
}
