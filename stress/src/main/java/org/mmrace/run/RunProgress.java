package org.mmrace.run;

import java.time.Duration;

/**
 * How it goes on.
 *
 * @param elapsed since the first run began
 * @param runs how many have ended
 * @param bad how many of them were not clean
 */
public record RunProgress(Duration elapsed, long runs, long bad) {
    /** Hears of it. */
    @FunctionalInterface
    public interface Listener {
        /** Hears nothing. */
        Listener NONE = progress -> {};

        /** Called a few times per second, on the thread that waits for the end. */
        void progress(RunProgress progress);
    }
}
