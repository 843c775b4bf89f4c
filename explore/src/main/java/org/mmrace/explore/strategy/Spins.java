package org.mmrace.explore.strategy;

import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Verb;

/**
 * Notices tasks that turn in place. A strategy that lets the same task go on again and again has to let others go then,
 * or the loop never ends: what it waits for is another task's to do.
 */
final class Spins {
    /** So many times the same step of the same task and nothing else is a loop that waits. */
    private static final int SAME_MAX = 8;

    private @Nullable Task lastTask;
    private @Nullable Object lastObject;
    private Verb lastVerb = Verb.COND_RESCHED;
    private int lastIndex;
    private int same;

    /** An execution begins. */
    void begin() {
        lastTask = null;
        lastObject = null;
        same = 0;
    }

    /** {@code step} happens. */
    void happens(Step step) {
        same = isLast(step) ? same + 1 : 1;
        lastTask = step.task();
        lastVerb = step.verb();
        lastObject = step.object();
        lastIndex = step.index();
    }

    private boolean isLast(Step step) {
        return step.task() == lastTask
                && step.verb() == lastVerb
                && step.object() == lastObject
                && step.index() == lastIndex;
    }

    /**
     * Whether the task of {@code next} should let others go first: it reschedules in a loop, it has just failed to get
     * a lock that it does not wait for, or it does the same thing all the time.
     */
    boolean shouldYield(Choice choice, int next) {
        Step step = choice.enabled(next);
        return step.verb() == Verb.COND_RESCHED
                || (step.task() == lastTask && hasFailedToLock(lastTask))
                || (same >= SAME_MAX && isLast(step));
    }

    private boolean hasFailedToLock(Task task) {
        return lastVerb == Verb.DOWN_READ_TRYLOCK
                && lastObject instanceof Lockable lock
                && task.held().modeOf(lock) == null;
    }
}
