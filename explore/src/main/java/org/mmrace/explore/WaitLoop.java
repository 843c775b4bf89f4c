package org.mmrace.explore;

import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Verb;

/**
 * Notices that a task waits in a loop for what another task has to do. A turn of such a loop is a
 * {@code cond_resched()}, or the same step again and again.
 */
final class WaitLoop {
    /** So many times the same step again, and nothing else, are a turn of a loop that does not reschedule. */
    private static final int REPEATS_A_TURN = 8;

    private @Nullable Task task;
    private Verb verb = Verb.COND_RESCHED;
    private @Nullable Object object;
    private int index;
    private boolean writes;
    private int repeats;
    private int rescheduled;

    /** {@code step} happens. */
    void happens(Step step) {
        repeats = isSame(step) ? repeats + 1 : 0;
        int before = step.task() == task ? rescheduled : 0;
        rescheduled = step.verb() == Verb.COND_RESCHED ? before + 1 : before;
        task = step.task();
        verb = step.verb();
        object = step.object();
        index = step.index();
        writes = step.writes();
    }

    private boolean isSame(Step step) {
        return step.task() == task && step.verb() == verb && step.object() == object && step.index() == index;
    }

    /**
     * Whether the task of {@code next} waits as far as one can see, so that others should go first: a turn ends with
     * that, or it has just failed to get a lock that it does not wait for. It costs nothing to be wrong here.
     */
    boolean waits(Step next) {
        return next.verb() == Verb.COND_RESCHED
                || (next.task() == task && hasFailedToLock(task))
                || (repeats + 1 >= REPEATS_A_TURN && isSame(next));
    }

    private boolean hasFailedToLock(Task who) {
        return verb == Verb.DOWN_READ_TRYLOCK
                && object instanceof Lockable lock
                && who.held().modeOf(lock) == null;
    }

    /**
     * How many turns the task that ran last has done with nobody between. Steps that write are none, unless it
     * reschedules: it may be getting on.
     */
    int turns() {
        return writes ? rescheduled : rescheduled + repeats / REPEATS_A_TURN;
    }
}
