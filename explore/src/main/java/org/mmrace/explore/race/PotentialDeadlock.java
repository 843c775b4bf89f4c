package org.mmrace.explore.race;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Locks that tasks take in a circle. If each task of it has its first lock before any has its second one, none goes on.
 *
 * @param byClass false if the locks of the circle are the same ones; true if they are only of the same classes, and
 *     some other locks of those classes may meet
 * @param edges the circle: what one takes, the next one holds
 * @param writers who must wait for writing meanwhile, so that readers queue behind them; empty if nobody must
 */
public record PotentialDeadlock(boolean byClass, List<LockEdge> edges, List<String> writers) {
    /** Keeps its own copies. */
    public PotentialDeadlock {
        edges = List.copyOf(edges);
        writers = List.copyOf(writers);
    }

    /** In one line. */
    public String title() {
        String circle = edges.stream().map(edge -> edge.held().lock()).collect(Collectors.joining(" -> "));
        return "POTENTIAL DEADLOCK" + (byClass ? " of lock classes: " : ": ") + circle + " -> "
                + edges.get(0).held().lock();
    }

    /** In a few lines, one for each lock of the circle. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(title());
        edges.forEach(edge -> text.append("\n  ").append(edge));
        writers.forEach(writer -> text.append("\n  ").append(writer));
        return text.toString();
    }
}
