package org.mmrace.explore.dpor;

import java.util.Set;
import org.mmrace.explore.Access;
import org.mmrace.explore.Step;

/**
 * What could have happened instead: from just before the event {@link #base} on, all events that do not come after the
 * ones that are put off, and then one that raced with those. Consists of the next events of each task, so that its
 * first ones can be taken away.
 */
final class Reversal {
    private final Trace trace;
    private final int base;
    private final int last;
    private final int[] from;
    private final int[] to;
    private final Set<Class<?>> blurred;
    private boolean lastGone;

    /**
     * {@code event} before {@code first} and {@code second}.
     *
     * @param second another event to put off, or {@link Trace#NONE}
     * @param blurred the kinds of places that {@code event} may read, beside those it has read, when it comes earlier
     */
    Reversal(Trace trace, int event, int first, int second, Set<Class<?>> blurred) {
        this.trace = trace;
        this.blurred = blurred;
        this.base = second == Trace.NONE ? first : Math.min(first, second);
        this.last = event;
        from = new int[trace.tasks()];
        to = new int[trace.tasks()];
        for (int task = 0; task < from.length; task++) {
            int end = task == trace.task(last) ? trace.ordinal(last) : trace.count(task);
            while (from[task] < end && trace.ofTask(task, from[task]) < base) {
                from[task]++;
            }
            to[task] = from[task];
            while (to[task] < end && !isPutOff(trace.ofTask(task, to[task]), first, second)) {
                to[task]++;
            }
        }
    }

    private boolean isPutOff(int event, int first, int second) {
        return trace.before(first, event) || (second != Trace.NONE && trace.before(second, event));
    }

    /** How many events there are before it begins. */
    int base() {
        return base;
    }

    /** The next event of {@code task} in it, or {@link Trace#NONE}. */
    int next(int task) {
        if (from[task] < to[task]) {
            return trace.ofTask(task, from[task]);
        }
        return task == trace.task(last) && !lastGone ? last : Trace.NONE;
    }

    /** Whether it is the one that raced. */
    boolean isLast(int event) {
        return event == last;
    }

    boolean has(int task) {
        return next(task) != Trace.NONE;
    }

    /** Whether it contains {@code event}, which is not before its beginning. */
    private boolean contains(int event) {
        if (event == last) {
            return !lastGone;
        }
        int task = trace.task(event);
        return trace.ordinal(event) >= from[task] && trace.ordinal(event) < to[task];
    }

    /** Whether {@code task}, which it has, may come first. */
    boolean mayBegin(int task) {
        int event = next(task);
        if (event == last) {
            for (int i = 0; i < trace.accesses(last); i++) {
                if (meets(trace.access(last, i), last)) {
                    return false;
                }
            }
            return true;
        }
        for (int other = 0; other < from.length; other++) {
            int rival = next(other);
            if (other != task && rival != Trace.NONE && rival != last && trace.before(rival, event)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an event of it, other than {@code but}, conflicts with an access. */
    private boolean meets(int access, int but) {
        int place = access >> 1;
        for (int i = trace.visits(place) - 1; i >= 0; i--) {
            int visit = trace.visit(place, i);
            if (visit >> 1 < base) {
                return false;
            }
            if ((Trace.writes(access) || Trace.writes(visit)) && visit >> 1 != but && contains(visit >> 1)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all of it commutes with {@code event}. */
    boolean commutes(int event) {
        for (int i = 0; i < trace.accesses(event); i++) {
            if (isBlurred(trace.object(trace.access(event, i) >> 1), Trace.writes(trace.access(event, i)))
                    || meets(trace.access(event, i), event)) {
                return false;
            }
        }
        return true;
    }

    /** Whether all of it commutes with a step that stands at the end of the trace. */
    boolean commutes(Step step) {
        Object object = step.object();
        if (object != null && meets(object, step.index(), step.writes())) {
            return false;
        }
        for (Access access : step.further()) {
            if (meets(access.object(), access.index(), access.writes())) {
                return false;
            }
        }
        return true;
    }

    private boolean meets(Object object, int index, boolean writes) {
        int place = trace.find(object, index);
        return isBlurred(object, writes) || (place != Places.NEW && meets(place << 1 | (writes ? 1 : 0), Trace.NONE));
    }

    /** Whether the last event may touch a place in a way that nothing announces. */
    private boolean isBlurred(Object object, boolean writes) {
        return (writes || Trace.isGhost(object)) && !lastGone && blurred.contains(object.getClass());
    }

    /** Whether the order of all of it and an event with these glances may matter. */
    boolean meets(Glances glances) {
        if (glances == Glances.NONE) {
            return false;
        }
        for (int task = 0; task < from.length; task++) {
            for (int i = from[task]; i < to[task]; i++) {
                if (trace.meets(trace.ofTask(task, i), glances)) {
                    return true;
                }
            }
        }
        return !lastGone && trace.meets(last, glances);
    }

    /** The event that follows, in the trace, those of {@code task} in it; or {@link Trace#NONE}. */
    int outside(int task) {
        return to[task] < trace.count(task) ? trace.ofTask(task, to[task]) : Trace.NONE;
    }

    /** Whether {@code task} is that of the last event, which has been taken away. */
    boolean isUnknown(int task) {
        return lastGone && task == trace.task(last);
    }

    /** Takes the next event of {@code task} away, which may come first. */
    void take(int task) {
        if (next(task) == last) {
            lastGone = true;
        } else {
            from[task]++;
        }
    }

    /** The task of the first event in the order of the trace, or {@link Trace#NONE} for nothing. */
    int first() {
        int first = Trace.NONE;
        for (int task = 0; task < from.length; task++) {
            int event = next(task);
            if (event != Trace.NONE && (first == Trace.NONE || event < next(first))) {
                first = task;
            }
        }
        return first;
    }
}
