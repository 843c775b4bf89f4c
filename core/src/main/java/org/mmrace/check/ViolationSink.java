package org.mmrace.check;

/** Receives violations and decides what they mean: the end of a run, or what the run was to show. */
@FunctionalInterface
public interface ViolationSink {
    /**
     * One was seen. Called on the thread that broke the invariant, with its locks held, by several threads at a time.
     */
    void violated(Violation violation);
}
