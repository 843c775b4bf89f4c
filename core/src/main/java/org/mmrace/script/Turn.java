package org.mmrace.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a scripted interleaving: this task runs.
 *
 * @param task which task
 * @param until where it stops; null for its end
 * @param after whether the step where it stops still happens
 */
public record Turn(String task, @Nullable StepPattern until, boolean after) {
    private static final String AFTER = "after";

    /** {@code task} runs to its end. */
    public static Turn toEnd(String task) {
        return new Turn(task, null, false);
    }

    /**
     * {@code task} runs until it stands at the step that {@code words} describe; or, when their first one is
     * {@code after}, until that step has happened.
     *
     * @throws IllegalArgumentException with the word that was not understood and what was expected
     */
    public static Turn until(String task, List<String> words) {
        boolean after = !words.isEmpty() && words.get(0).equals(AFTER);
        return new Turn(task, StepPattern.parse(after ? words.subList(1, words.size()) : words), after);
    }

    @Override
    public String toString() {
        return until == null ? task : task + " until " + (after ? AFTER + " " : "") + until;
    }
}
