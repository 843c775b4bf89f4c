package org.mmrace.explore;

import org.jspecify.annotations.Nullable;

/**
 * One line of a script: a task runs.
 *
 * @param task its name
 * @param until where it stops; null: it runs to its end
 * @param after whether the step where it stops still happens
 */
public record Move(String task, @Nullable StepPattern until, boolean after) {
    /** {@code task} runs to its end. */
    public static Move toEnd(String task) {
        return new Move(task, null, false);
    }

    /** {@code task} runs until it stands at such a step. */
    public static Move until(String task, StepPattern step) {
        return new Move(task, step, false);
    }

    /** {@code task} runs until such a step has happened. */
    public static Move untilAfter(String task, StepPattern step) {
        return new Move(task, step, true);
    }

    @Override
    public String toString() {
        return until == null ? task : task + (after ? " until after " : " until ") + until;
    }
}
