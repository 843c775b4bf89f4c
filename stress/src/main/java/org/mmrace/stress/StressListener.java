package org.mmrace.stress;

/** Hears how a campaign goes on. */
@FunctionalInterface
public interface StressListener {
    /** Hears nothing. */
    StressListener NONE = progress -> {};

    /** Called a few times per second, on the thread that runs the campaign. */
    void progress(StressProgress progress);
}
