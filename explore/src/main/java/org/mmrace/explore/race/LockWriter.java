package org.mmrace.explore.race;

import java.util.List;

/**
 * A task that waits to write.
 *
 * @param lock the lock that it waits for, or the class
 * @param held what it holds meanwhile
 */
record LockWriter(String task, String lock, List<LockEdge.Side> held) {
    /** Keeps its own copy. */
    LockWriter {
        held = List.copyOf(held);
    }

    boolean coexistsWith(LockEdge edge) {
        return held.stream()
                .noneMatch(side ->
                        side.excludes(edge.held()) || edge.others().stream().anyMatch(side::excludes));
    }

    @Override
    public String toString() {
        return task + " waits to write " + lock + (held.isEmpty() ? "" : ", holding " + held);
    }
}
