package org.mmrace.explore.race;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.mmrace.kernel.LockMode;

/** Looks for circles among edges that can happen at the same time. */
final class LockCircles {
    /** Longer circles than this are made of shorter ones, or of more tasks than a program has. */
    private static final int LENGTH_MAX = 6;

    private final List<LockEdge> edges;
    private final List<LockWriter> writers;
    private final boolean byClass;
    private final Map<String, List<LockEdge>> byHeld = new HashMap<>();
    private final Map<LockEdge, Integer> numbers = new HashMap<>();
    private final Set<Set<String>> reported = new HashSet<>();
    private final List<PotentialDeadlock> found = new ArrayList<>();

    /** @param byClass whether locks are classes, so that one task may stand for several of its kind */
    LockCircles(List<LockEdge> edges, List<LockWriter> writers, boolean byClass) {
        this.edges = edges;
        this.writers = writers;
        this.byClass = byClass;
        for (LockEdge edge : edges) {
            numbers.put(edge, numbers.size());
            byHeld.computeIfAbsent(edge.held().lock(), lock -> new ArrayList<>())
                    .add(edge);
        }
    }

    /** The circles, in the order of their first edges. */
    List<PotentialDeadlock> find() {
        Deque<LockEdge> path = new ArrayDeque<>();
        for (LockEdge first : edges) {
            path.addLast(first);
            extend(path, first);
            path.removeLast();
        }
        return found;
    }

    /**
     * Goes on from the last edge of {@code path}; the first one has the lowest number, so that no circle comes twice.
     */
    private void extend(Deque<LockEdge> path, LockEdge first) {
        LockEdge last = path.getLast();
        if (last.acquired().lock().equals(first.held().lock())) {
            report(List.copyOf(path));
            return;
        }
        if (path.size() == LENGTH_MAX) {
            return;
        }
        for (LockEdge next : byHeld.getOrDefault(last.acquired().lock(), List.of())) {
            if (numbers.getOrDefault(next, 0) > numbers.getOrDefault(first, 0)
                    && path.stream().allMatch(edge -> canMeet(edge, next))) {
                path.addLast(next);
                extend(path, first);
                path.removeLast();
            }
        }
    }

    private boolean canMeet(LockEdge edge, LockEdge other) {
        boolean twoTasks = byClass || !edge.task().equals(other.task());
        boolean fresh = !edge.held().lock().equals(other.held().lock());
        return twoTasks && fresh && edge.coexistsWith(other);
    }

    private void report(List<LockEdge> circle) {
        List<String> shared = new ArrayList<>();
        for (int i = 0; i < circle.size(); i++) {
            LockEdge edge = circle.get(i);
            LockEdge next = circle.get((i + 1) % circle.size());
            if (edge.acquired().mode() == LockMode.READ && next.held().mode() == LockMode.READ) {
                shared.add(edge.acquired().lock());
            }
        }
        List<LockWriter> waiting = new ArrayList<>();
        boolean alone = circle.size() == 1 && shared.isEmpty(); // such a task waits for itself, and does so every time
        if (alone || !block(shared, circle, waiting)) {
            return;
        }
        Set<String> locks = new TreeSet<>();
        circle.forEach(edge -> locks.add(edge.held().lock()));
        if (reported.add(locks)) {
            found.add(new PotentialDeadlock(
                    byClass, circle, waiting.stream().map(LockWriter::toString).toList()));
        }
    }

    /**
     * Readers pass each other, unless somebody waits to write: whether a task of its own can do so at each of
     * {@code shared}; these are added to {@code waiting}.
     */
    private boolean block(List<String> shared, List<LockEdge> circle, List<LockWriter> waiting) {
        if (waiting.size() == shared.size()) {
            return true;
        }
        String lock = shared.get(waiting.size());
        for (LockWriter writer : writers) {
            boolean free = byClass
                    || (circle.stream().noneMatch(edge -> edge.task().equals(writer.task()))
                            && waiting.stream().noneMatch(other -> other.task().equals(writer.task())));
            if (writer.lock().equals(lock) && free && circle.stream().allMatch(writer::coexistsWith)) {
                waiting.add(writer);
                if (block(shared, circle, waiting)) {
                    return true;
                }
                waiting.remove(waiting.size() - 1);
            }
        }
        return false;
    }
}
