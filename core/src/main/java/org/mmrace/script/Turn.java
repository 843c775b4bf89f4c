package org.mmrace.script;

import java.util.List;

/**
 * One line of a scripted interleaving: this task runs.
 *
 * @param task which task
 * @param until up to, and not including, the step that these words describe: a verb of the kernel, then what else is
 *     known of it, such as {@code spin_unlock ptl}; empty for its end
 */
public record Turn(String task, List<String> until) {
    /** Keeps its own copy. */
    public Turn {
        until = List.copyOf(until);
    }

    @Override
    public String toString() {
        return until.isEmpty() ? task : task + " until " + String.join(" ", until);
    }
}
