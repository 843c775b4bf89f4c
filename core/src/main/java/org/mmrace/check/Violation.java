package org.mmrace.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Task;

/**
 * An invariant was seen broken.
 *
 * @param invariant which one
 * @param message what was seen, with the pages, address spaces, addresses and entries
 * @param task who did it; null when it was found at rest
 * @param lastEvents what happened before, oldest first; empty where nobody records events
 */
public record Violation(
        Invariant invariant, String message, @Nullable Task task, List<String> lastEvents) {
    /** Keeps its own copy of the events. */
    public Violation {
        lastEvents = List.copyOf(lastEvents);
    }

    /** One without events. */
    public Violation(Invariant invariant, String message, @Nullable Task task) {
        this(invariant, message, task, List.of());
    }

    /** The same with the events that led to it. */
    public Violation withEvents(List<String> events) {
        return new Violation(invariant, message, task, events);
    }

    @Override
    public String toString() {
        return invariant + ": " + message + (task == null ? " (at rest)" : " (by " + task + ")");
    }
}
