package org.mmrace.explore.race;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.explore.Step;
import org.mmrace.kernel.HeldLocks;
import org.mmrace.kernel.LockMode;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Verb;

/** One access, kept as it was: a {@link Step} changes as its task goes on. */
final class Seen {
    private static final Object[] NONE = {};

    private final int task;
    private final String taskName;
    private final long step;
    private final int count;
    private final Verb verb;
    private final List<String> functions;
    private final String line;
    private final Object[] held;
    private final long value;

    /**
     * An access.
     *
     * @param step the step that does it
     * @param number of the step in the execution, from 1 on
     * @param count of the task's clock
     * @param value of the cell before it
     */
    Seen(Step step, long number, int count, long value) {
        this.task = step.number();
        this.taskName = step.task().toString();
        this.step = number;
        this.count = count;
        this.verb = step.verb();
        this.functions = step.functions();
        this.line = step.line();
        this.held = held(step.task().held());
        this.value = value;
    }

    private static Object[] held(HeldLocks locks) {
        if (locks.size() == 0) {
            return NONE;
        }
        Object[] held = new Object[2 * locks.size()];
        for (int i = 0; i < locks.size(); i++) {
            held[2 * i] = locks.lock(i);
            held[2 * i + 1] = locks.mode(i);
        }
        return held;
    }

    int task() {
        return task;
    }

    int count() {
        return count;
    }

    Verb verb() {
        return verb;
    }

    long value() {
        return value;
    }

    RacingAccess access() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < held.length; i += 2) {
            names.add(
                    (held[i] instanceof Lockable lock ? lock : "?") + (held[i + 1] == LockMode.READ ? " (R)" : " (W)"));
        }
        return new RacingAccess(taskName, step, verb, functions, line, names);
    }
}
