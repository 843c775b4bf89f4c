package org.mmrace.explore;

/** Sees every step of an execution, in order. */
@FunctionalInterface
public interface StepListener {
    /** Sees nothing. */
    StepListener NONE = step -> {};

    /** {@code step} happens now; called before its effect. */
    void happens(Step step);

    /** The execution is over, and the tasks that have not finished still stand where {@code choice} says. */
    default void over(Choice choice) {}

    /** Whether it looks at {@link Step#source}, which costs more than the step; asked once per execution. */
    default boolean wantsSources() {
        return false;
    }
}
