package org.mmrace.explore.dpor;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import org.mmrace.explore.Guard;

/**
 * Finds the events before which an event of a trace could have happened, and what the execution would then be. An event
 * that waited could not have happened before just any event: only where what it waits for held. What merely made that
 * hold is no obstacle on the way to an earlier one (an acquisition races with the acquisition before it, although the
 * release lies between).
 */
final class Races {
    private final Trace trace;
    private int[] found = new int[8];
    private int size;

    Races(Trace trace) {
        this.trace = trace;
    }

    /**
     * Gives each reversal of {@code event}, which has settled, to {@code reversed}.
     *
     * @param blurred the kinds of places that the event may read, beside those it has read, when it comes earlier
     */
    void find(int event, Set<Class<?>> blurred, Consumer<Reversal> reversed) {
        size = 0;
        for (int i = 0; i < trace.accesses(event); i++) {
            collect(event, trace.access(event, i));
        }
        for (int i = 0; i < size; i++) {
            if (!hasLaterOne(found[i])) {
                reversed.accept(new Reversal(trace, event, found[i], Trace.NONE, blurred));
            }
        }
        if (trace.guard(event) != null) {
            putTwoOff(event, blurred, reversed);
        }
    }

    /** The events that touched this place and that the last one could have come before, the latest first. */
    private void collect(int event, int access) {
        int place = access >> 1;
        int predecessor = trace.predecessor(event);
        for (int i = trace.visits(place) - 1; i >= 0; i--) {
            int visit = trace.visit(place, i);
            int earlier = visit >> 1;
            boolean conflicts = Trace.writes(access) || Trace.writes(visit);
            if (earlier >= event || !conflicts) {
                continue;
            }
            boolean ordered = predecessor != Trace.NONE && trace.before(earlier, predecessor);
            if (!ordered && couldGo(event, earlier, Trace.NONE)) {
                add(earlier);
                ordered = true;
            }
            if (ordered && Trace.writes(visit)) {
                return; // and so are all before it
            }
        }
    }

    private void add(int earlier) {
        for (int i = 0; i < size; i++) {
            if (found[i] == earlier) {
                return;
            }
        }
        if (size == found.length) {
            found = Arrays.copyOf(found, 2 * size);
        }
        found[size++] = earlier;
    }

    /** Whether another race is with an event after this one; undoing that race will show this one. */
    private boolean hasLaterOne(int earlier) {
        for (int i = 0; i < size; i++) {
            if (found[i] != earlier && trace.before(earlier, found[i])) {
                return true;
            }
        }
        return false;
    }

    /** Whether the event could happen if {@code first} and {@code second}, and all after them, had not happened. */
    private boolean couldGo(int event, int first, int second) {
        Guard guard = trace.guard(event);
        if (guard == null) {
            return true;
        }
        long[] values = new long[trace.accesses(event)];
        for (int i = 0; i < values.length; i++) {
            values[i] = contents(trace.access(event, i) >> 1, event, first, second);
        }
        return guard.holds(values);
    }

    private long contents(int place, int event, int first, int second) {
        long contents = trace.initial(place);
        for (int i = 0; i < trace.visits(place); i++) {
            int visitor = trace.visit(place, i) >> 1;
            if (visitor >= event) {
                break;
            }
            if (!trace.before(first, visitor) && (second == Trace.NONE || !trace.before(second, visitor))) {
                contents += trace.change(visitor, place);
            }
        }
        return contents;
    }

    /**
     * An event that waits for the contents of two places may be able to happen when one change of each is put off,
     * although not when only one is.
     */
    private void putTwoOff(int event, Set<Class<?>> blurred, Consumer<Reversal> reversed) {
        for (int i = 0; i < trace.accesses(event); i++) {
            for (int j = 0; j < i; j++) {
                putTwoOff(event, trace.access(event, i), trace.access(event, j), blurred, reversed);
            }
        }
    }

    private void putTwoOff(int event, int access, int otherAccess, Set<Class<?>> blurred, Consumer<Reversal> reversed) {
        for (int i = 0; i < trace.visits(access >> 1); i++) {
            int first = trace.visit(access >> 1, i);
            if (!mayBePutOff(event, access, first)) {
                continue;
            }
            for (int j = 0; j < trace.visits(otherAccess >> 1); j++) {
                int second = trace.visit(otherAccess >> 1, j);
                if (mayBePutOff(event, otherAccess, second)
                        && !trace.before(first >> 1, second >> 1)
                        && !trace.before(second >> 1, first >> 1)
                        && couldGo(event, first >> 1, second >> 1)) {
                    reversed.accept(new Reversal(trace, event, first >> 1, second >> 1, blurred));
                }
            }
        }
    }

    private boolean mayBePutOff(int event, int access, int visit) {
        int predecessor = trace.predecessor(event);
        return visit >> 1 < event
                && (Trace.writes(access) || Trace.writes(visit))
                && (predecessor == Trace.NONE || !trace.before(visit >> 1, predecessor));
    }
}
