package org.mmrace.hunt;

import java.time.Duration;

/** Hears how it goes on. */
@FunctionalInterface
public interface HuntListener {
    /** Hears nothing. */
    HuntListener NONE = (request, executions, elapsed) -> {};

    /**
     * Called a few times per second.
     *
     * @param executions how many have ended
     * @param elapsed since the first began
     */
    void progress(HuntRequest request, long executions, Duration elapsed);
}
