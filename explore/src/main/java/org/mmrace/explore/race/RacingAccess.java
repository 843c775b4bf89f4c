package org.mmrace.explore.race;

import java.util.List;
import org.mmrace.kernel.Verb;

/**
 * One access to a cell, as a report shows it.
 *
 * @param task who did it
 * @param step the number of its step in the execution, from 1 on
 * @param verb how
 * @param functions where, innermost first; empty when nobody asked for them
 * @param source the line, such as {@code "VmaEdit.java:103"}; empty when the detector was not told to ask for it
 * @param held the locks that the task held, in the order in which it took them, such as {@code "mmap_lock:mm1 (R)"}
 */
public record RacingAccess(
        String task, long step, Verb verb, List<String> functions, String source, List<String> held) {
    /** Keeps its own copies. */
    public RacingAccess {
        functions = List.copyOf(functions);
        held = List.copyOf(held);
    }

    /** Whether it is a plain one, which races with whatever is not ordered with it. */
    public boolean isPlain() {
        return isPlain(verb);
    }

    static boolean isPlain(Verb verb) {
        return verb == Verb.PLAIN_READ || verb == Verb.PLAIN_WRITE;
    }

    /** Where, in the words of reports: the innermost function, or "?". */
    String function() {
        return functions.isEmpty() ? "?" : FunctionNames.kernel(functions.get(0)) + "()";
    }

    @Override
    public String toString() {
        return verb.word() + " in " + function() + (source.isEmpty() ? "" : " at " + source) + " by " + task + ", step "
                + step + ", holding " + (held.isEmpty() ? "nothing" : String.join(", ", held));
    }
}
