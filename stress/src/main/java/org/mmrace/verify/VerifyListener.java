package org.mmrace.verify;

/** Hears how a run goes on. */
@FunctionalInterface
public interface VerifyListener {
    /** Hears nothing. */
    VerifyListener NONE = progress -> {};

    /** Called about twice per second, on the thread that runs. */
    void progress(VerifyProgress progress);
}
