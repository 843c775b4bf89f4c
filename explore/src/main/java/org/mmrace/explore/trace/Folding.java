package org.mmrace.explore.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mmrace.explore.trace.TraceStep.HandOver;
import org.mmrace.explore.trace.TraceStep.Why;
import org.mmrace.kernel.Verb;

/**
 * Leaves out of a trace what nothing hangs on. What stays: the steps around a switch, the first and the last one of
 * each operation, those around a violation, changes of what another task looks at, reads of what another task changes
 * (once, until the task is switched away from or sees another value), and locks that somebody waits for. Turns of a
 * loop that are alike are shown once.
 */
final class Folding {
    private static final int AROUND_VIOLATION = 2;

    private final List<TraceStep> steps;
    private final Set<String> contended = new HashSet<>();
    private final Map<String, Set<Integer>> users = new HashMap<>();
    private final Map<String, Set<Integer>> changers = new HashMap<>();

    /** What the running task has seen since it was switched to. */
    private final Map<String, String> seen = new HashMap<>();

    Folding(List<TraceStep> steps) {
        this.steps = steps;
        for (TraceStep step : steps) {
            users.computeIfAbsent(step.location(), each -> new HashSet<>()).add(step.task());
            if (step.changed()) {
                changers.computeIfAbsent(step.location(), each -> new HashSet<>())
                        .add(step.task());
            }
            HandOver handOver = step.handOver();
            if (handOver != null && handOver.why() == Why.WAITS) {
                contended.add(handOver.at().substring(handOver.at().indexOf(' ') + 1));
            }
        }
    }

    /** Everything, step by step. */
    List<Item> all() {
        return List.copyOf(steps.stream().map(Item.Shown::new).toList());
    }

    /** What is worth to look at. */
    List<Item> folded() {
        List<Item> items = new ArrayList<>();
        int i = 0;
        while (i < steps.size()) {
            Optional<Repetition> loop = Repetition.at(steps, i, Folding::isAlike, Folding::hasShared);
            if (loop.isPresent()) {
                i = repeated(items, i, loop.get());
            } else {
                add(items, i++);
            }
        }
        return items;
    }

    private void add(List<Item> items, int i) {
        TraceStep step = steps.get(i);
        if (isShown(i)) {
            items.add(new Item.Shown(step));
            return;
        }
        int end = items.size() - 1;
        if (end >= 0 && items.get(end) instanceof Item.Folded folded && folded.task() == step.task()) {
            items.set(end, new Item.Folded(step.task(), folded.steps() + 1));
        } else {
            items.add(new Item.Folded(step.task(), 1));
        }
    }

    /** One turn of the loop in full, and how many there are: where the steps behind it begin. */
    private int repeated(List<Item> items, int from, Repetition loop) {
        for (int i = from; i < from + loop.steps(); i++) {
            items.add(new Item.Shown(steps.get(i)));
        }
        items.add(new Item.Repeated(steps.get(from).task(), loop));
        return loop.end(from);
    }

    private static boolean hasShared(List<TraceStep> turn) {
        return turn.stream().anyMatch(step -> step.shared() || step.verb() == Verb.COND_RESCHED);
    }

    private static boolean isAlike(TraceStep step, TraceStep earlier) {
        return step.task() == earlier.task()
                && step.operation() == earlier.operation()
                && step.handOver() == null
                && step.violations().isEmpty()
                && earlier.violations().isEmpty()
                && step.verb() == earlier.verb()
                && step.location().equals(earlier.location())
                && String.valueOf(step.before()).equals(String.valueOf(earlier.before()))
                && String.valueOf(step.after()).equals(String.valueOf(earlier.after()));
    }

    private boolean isShown(int i) {
        TraceStep step = steps.get(i);
        if (step.handOver() != null) {
            seen.clear();
        }
        boolean news = isNews(step);
        boolean last = i == steps.size() - 1;
        boolean edge = i == 0
                || last
                || step.handOver() != null
                || steps.get(i + 1).handOver() != null
                || isAnotherOperation(step, steps.get(i - 1))
                || isAnotherOperation(step, steps.get(i + 1));
        return edge || isAtViolation(i) || news || contended.contains(step.location());
    }

    /** Whether it changes what somebody else looks at, or sees what somebody else changes for the first time. */
    private boolean isNews(TraceStep step) {
        if (step.before() == null) {
            return false;
        }
        boolean changes = step.changed() && isOther(users, step);
        boolean known = String.valueOf(step.after()).equals(seen.put(step.location(), String.valueOf(step.after())));
        return changes || (!known && isOther(changers, step));
    }

    private static boolean isOther(Map<String, Set<Integer>> tasks, TraceStep step) {
        return tasks.getOrDefault(step.location(), Set.of()).stream().anyMatch(task -> task != step.task());
    }

    private static boolean isAnotherOperation(TraceStep step, TraceStep other) {
        return step.task() == other.task() && step.operation() != other.operation();
    }

    private boolean isAtViolation(int i) {
        int from = Math.max(0, i - AROUND_VIOLATION);
        int to = Math.min(steps.size(), i + AROUND_VIOLATION + 1);
        return steps.subList(from, to).stream()
                .anyMatch(near -> !near.violations().isEmpty()
                        && near.task() == steps.get(i).task());
    }
}
