package org.mmrace.conform;

/** Runs one recorded case on the model. */
@FunctionalInterface
public interface CaseReplayer {
    /** What the model does in this case, from a fresh machine to the exit of the process. */
    CaseReplay replay(RecordedCase recorded);
}
