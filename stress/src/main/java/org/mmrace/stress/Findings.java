package org.mmrace.stress;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;
import org.mmrace.check.ViolationLog;
import org.mmrace.check.ViolationSink;

/** What was found wrong. The first finding stops the campaign. Any thread may call this. */
final class Findings implements ViolationSink {
    /** What comes after the first one is mostly its consequence. */
    private static final int KEEP_MAX = 20;

    private final ViolationLog log = new ViolationLog(KEEP_MAX);
    private volatile boolean any;
    private final AtomicLong firstNanos = new AtomicLong();
    private volatile @Nullable Throwable failure;
    private volatile Runnable alarm = () -> {};

    /** What to do as soon as something is found, at once if it was; may be called several times. */
    void onFound(Runnable action) {
        alarm = action;
        if (stopped()) {
            action.run();
        }
    }

    @Override
    public void violated(Violation violation) {
        firstNanos.compareAndSet(0, System.nanoTime());
        log.violated(violation);
        any = true;
        alarm.run();
    }

    /** A worker failed in a way that no simulated kernel does. */
    void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        alarm.run();
    }

    /** When the first violation was found, on the clock of {@link System#nanoTime()}; now, if there was none. */
    long foundNanos() {
        long found = firstNanos.get();
        return found == 0 ? System.nanoTime() : found;
    }

    boolean stopped() {
        return any || failure != null;
    }

    List<Violation> violations() {
        return log.kept();
    }

    Map<Invariant, Long> counts() {
        return log.counts();
    }

    @Nullable
    Throwable failure() {
        return failure;
    }
}
