package org.mmrace.explore.race;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mmrace.check.LockOrder;
import org.mmrace.explore.Step;
import org.mmrace.explore.StepListener;
import org.mmrace.kernel.HeldLocks;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Task;

/**
 * Which locks tasks take while they hold others, over all executions that it listens to. A circle in it is a deadlock
 * that some other execution may run into (Goodlock, Havelund, SPIN 2000, and lockdep), unless a lock that all of the
 * circle hold, or readers that let each other pass, keep the tasks apart. Locks are the same when they are of one class
 * and have one name.
 *
 * <p>{@link LockOrder} knows the order that the kernel's locks must have, and needs no circle; this one knows none, and
 * is for any program.
 */
public final class LockGraph {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final String ENGINE = StepListener.class.getPackageName() + ".";
    private static final Set<String> BELOW = Stream.of("Execution", "ControlledKernel", "ControlledLocks", "Told")
            .map(ENGINE::concat)
            .collect(Collectors.toUnmodifiableSet());
    private static final int FRAMES_MAX = 40;

    /** What is one edge, wherever and whenever it is seen. */
    private record Key(String task, LockEdge.Side held, LockEdge.Side acquired, List<LockEdge.Side> others) {
        Key {
            others = List.copyOf(others);
        }
    }

    private record Held(Lockable lock, LockMode mode) {
        LockEdge.Side instance() {
            return new LockEdge.Side(lock.toString(), mode);
        }

        LockEdge.Side ofClass() {
            return new LockEdge.Side(LockOrder.classOf(lock, mode).toString(), mode);
        }
    }

    private final Map<Key, LockEdge> instances = new LinkedHashMap<>();
    private final Map<Key, LockEdge> classes = new LinkedHashMap<>();
    private final Map<LockEdge.Side, String> classOf = new HashMap<>();
    private final List<LockWriter> writers = new ArrayList<>();
    private final List<LockWriter> classWriters = new ArrayList<>();

    /** No locks yet. */
    public LockGraph() {}

    /** Listens to one more execution. */
    public StepListener listener() {
        return new StepListener() {
            private long happened;

            @Override
            public void happens(Step step) {
                happened++;
            }

            @Override
            public void acquiring(Task task, Lockable lock, LockMode mode, boolean trylock) {
                if (!trylock) {
                    add(task, new Held(lock, mode), happened);
                }
            }
        };
    }

    private void add(Task task, Held acquired, long step) {
        List<Held> held = held(task.held());
        if (acquired.mode == LockMode.WRITE) {
            List<LockEdge.Side> names = held.stream().map(Held::instance).toList();
            note(writers, new LockWriter(task.toString(), acquired.instance().lock(), names));
            note(
                    classWriters,
                    new LockWriter(task.toString(), acquired.ofClass().lock(), names));
        }
        List<LockEdge.Side> all = held.stream().map(Held::instance).toList();
        for (int i = 0; i < held.size(); i++) {
            Held before = held.get(i);
            List<LockEdge.Side> others = new ArrayList<>(all);
            others.remove(i);
            classOf.put(before.instance(), before.ofClass().lock());
            add(instances, new Key(task.toString(), before.instance(), acquired.instance(), others), step);
            if (!before.ofClass().lock().equals(acquired.ofClass().lock())) {
                add(classes, new Key(task.toString(), before.ofClass(), acquired.ofClass(), all), step);
            }
        }
    }

    private static void note(List<LockWriter> all, LockWriter writer) {
        if (!all.contains(writer)) {
            all.add(writer);
        }
    }

    private static void add(Map<Key, LockEdge> edges, Key key, long step) {
        edges.computeIfAbsent(
                key, absent -> new LockEdge(key.task, functions(), step, key.held, key.acquired, key.others));
    }

    private static List<Held> held(HeldLocks locks) {
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < locks.size(); i++) {
            Lockable lock = locks.lock(i);
            if (lock != null) {
                held.add(new Held(lock, locks.mode(i)));
            }
        }
        return held;
    }

    /** Where the task is: it stands at its lock, and looking at an edge that is new costs little. */
    private static List<String> functions() {
        return WALKER.walk(frames -> frames.dropWhile(frame -> !isBelow(frame))
                .dropWhile(LockGraph::isBelow)
                .limit(FRAMES_MAX)
                .map(StackWalker.StackFrame::getMethodName)
                .toList());
    }

    private static boolean isBelow(StackWalker.StackFrame frame) {
        return BELOW.stream()
                .anyMatch(name -> frame.getClassName().equals(name)
                        || frame.getClassName().startsWith(name + "$"));
    }

    /** How many pairs of locks have been seen, with their tasks and what else these held. */
    public int size() {
        return instances.size();
    }

    /** The circles, those of the same locks first; each set of locks once. */
    public List<PotentialDeadlock> potentialDeadlocks() {
        List<PotentialDeadlock> found = new LockCircles(List.copyOf(instances.values()), writers, false).find();
        List<Set<String>> known = found.stream()
                .map(deadlock -> deadlock.edges().stream()
                        .map(edge -> classOf.getOrDefault(edge.held(), "?"))
                        .collect(Collectors.toSet()))
                .toList();
        List<PotentialDeadlock> all = new ArrayList<>(found);
        for (PotentialDeadlock deadlock : new LockCircles(List.copyOf(classes.values()), classWriters, true).find()) {
            Set<String> circle =
                    deadlock.edges().stream().map(edge -> edge.held().lock()).collect(Collectors.toSet());
            if (!known.contains(circle)) {
                all.add(deadlock);
            }
        }
        return all;
    }
}
