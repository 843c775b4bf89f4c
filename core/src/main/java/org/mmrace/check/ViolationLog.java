package org.mmrace.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps the first violations in the order of their arrival, and counts all of them. Any thread may call it. */
public final class ViolationLog implements ViolationSink {
    private final int keepMax;
    private final List<Violation> kept = new ArrayList<>();
    private final Map<Invariant, Long> counts = new EnumMap<>(Invariant.class);

    /** Keeps at most {@code keepMax}; a broken kernel under stress breaks the same rule millions of times. */
    public ViolationLog(int keepMax) {
        this.keepMax = keepMax;
    }

    @Override
    public synchronized void violated(Violation violation) {
        counts.merge(violation.invariant(), 1L, Long::sum);
        if (kept.size() < keepMax) {
            kept.add(violation);
        }
    }

    /** The first ones, oldest first. */
    public synchronized List<Violation> kept() {
        return List.copyOf(kept);
    }

    /** How often each invariant was broken; those that held are absent. */
    public synchronized Map<Invariant, Long> counts() {
        return new EnumMap<>(counts);
    }

    /** Whether nothing was broken. */
    public synchronized boolean isEmpty() {
        return counts.isEmpty();
    }
}
