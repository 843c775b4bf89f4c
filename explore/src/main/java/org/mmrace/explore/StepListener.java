package org.mmrace.explore;

/** Sees every step of an execution, in order. */
@FunctionalInterface
public interface StepListener {
    /** Sees nothing. */
    StepListener NONE = step -> {};

    /** {@code step} happens now; called before its effect. */
    void happens(Step step);

    /** The task of {@code step}, its last one, passes {@code smp_mb()}, which is no step. */
    default void fenced(Step step) {}
}
