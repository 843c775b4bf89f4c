package org.mmrace.explore;

import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Task;

/** Sees every step of an execution, in order. */
@FunctionalInterface
public interface StepListener {
    /** Sees nothing. */
    StepListener NONE = step -> {};

    /** {@code step} happens now; called before its effect. */
    void happens(Step step);

    /** The task whose step happened last passes {@code smp_mb()}, which is no step. */
    default void fenced() {}

    /**
     * {@code task} is about to take {@code lock}, which may be a bit or a sequence and no step; what it holds already
     * is in {@link Task#held()}. Called on the thread of the task.
     *
     * @param trylock whether it gives up instead of waiting
     */
    default void acquiring(Task task, Lockable lock, LockMode mode, boolean trylock) {}

    /** The execution is over, and the tasks that have not finished still stand where {@code choice} says. */
    default void over(Choice choice) {}

    /**
     * Whether it looks at {@link Step#source} and {@link Step#functions}, which cost more than the step; asked once per
     * execution.
     */
    default boolean wantsSources() {
        return false;
    }
}
