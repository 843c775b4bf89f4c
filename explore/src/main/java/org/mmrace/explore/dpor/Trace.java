package org.mmrace.explore.dpor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Access;
import org.mmrace.explore.Guard;
import org.mmrace.explore.Step;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SpinLock;

/**
 * The events of the execution that runs, with the places that each one touched and the vector clock that says what
 * happens before it. An access is encoded as twice the number of its place, plus one if it writes.
 *
 * <p>An event is entered in two parts: {@link #begin} before its step has an effect, {@link #settle} when its task has
 * come to its next step, because what observers look at meanwhile counts as well.
 */
final class Trace {
    /** No event. */
    static final int NONE = -1;

    private final Places places = new Places();
    private final List<History> histories = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private int size;
    private int tasks;
    private int[][] ofTask = {};
    private int[] counts = {};

    /** The beginning of an execution. */
    void clear() {
        places.clear();
        histories.clear();
        size = 0;
        Arrays.fill(counts, 0);
    }

    private void prepare(int taskCount) {
        if (tasks != taskCount) {
            tasks = taskCount;
            ofTask = new int[tasks][16];
            counts = new int[tasks];
            events.clear();
        }
    }

    /** A step happens next, as the last event. */
    void begin(Step step, int taskCount) {
        prepare(taskCount);
        if (size == events.size()) {
            Event made = new Event();
            made.clock = new int[tasks];
            events.add(made);
        }
        Event event = events.get(size++);
        event.task = step.number();
        event.ordinal = counts[event.task];
        event.size = 0;
        event.placesBefore = places.size();
        event.guard = step.guard();
        Object object = step.object();
        if (object != null) {
            access(event, object, step.index(), step.writes());
        }
        for (Access access : step.further()) {
            access(event, access.object(), access.index(), access.writes());
        }
        event.announced = event.size;
    }

    /** The last event touches a place besides. */
    void touched(Object object, int index, boolean writes) {
        access(events.get(size - 1), object, index, writes);
    }

    /**
     * The same for a place in two executions that have not touched it since they began to differ: its kind, its part
     * and what it contained before it was first touched. Others may look the same.
     */
    private static int look(Object object, int index, long contents) {
        String name = object instanceof SpinLock || object instanceof RwSem ? object.toString() : "";
        return 31 * (31 * (31 * object.getClass().getName().hashCode() + index) + Long.hashCode(contents))
                + name.hashCode();
    }

    private void access(Event event, Object object, int index, boolean writes) {
        int place = places.number(object, index);
        long contents = Access.contents(object, index);
        if (place == histories.size()) {
            histories.add(new History(contents, look(object, index, contents)));
        }
        event.touch(place, writes, contents);
    }

    /** The last event has had its effect. */
    void settle() {
        int number = size - 1;
        Event event = events.get(number);
        enlist(event, number);
        if (event.ordinal > 0) {
            System.arraycopy(events.get(ofTask[event.task][event.ordinal - 1]).clock, 0, event.clock, 0, tasks);
        } else {
            Arrays.fill(event.clock, 0);
        }
        for (int i = 0; i < event.size; i++) {
            int place = event.accesses[i] >> 1;
            event.changes[i] += Access.contents(places.object(place), places.index(place));
            History history = histories.get(place);
            joinClocks(event, history, writes(event.accesses[i]));
            history.add(number << 1 | (event.accesses[i] & 1));
        }
        event.clock[event.task] = event.ordinal + 1;
    }

    private void enlist(Event event, int number) {
        int[] own = ofTask[event.task];
        if (event.ordinal == own.length) {
            own = Arrays.copyOf(own, 2 * own.length);
            ofTask[event.task] = own;
        }
        own[event.ordinal] = number;
        counts[event.task]++;
    }

    /** The last write, and if the event writes, also the reads since then. */
    private void joinClocks(Event event, History history, boolean writes) {
        for (int i = history.size - 1; i >= 0; i--) {
            int earlier = history.accesses[i];
            if (writes || writes(earlier)) {
                int[] clock = events.get(earlier >> 1).clock;
                for (int task = 0; task < tasks; task++) {
                    event.clock[task] = Math.max(event.clock[task], clock[task]);
                }
            }
            if (writes(earlier)) {
                return;
            }
        }
    }

    /** Takes the last event back; it must have settled. */
    void drop() {
        Event event = events.get(--size);
        counts[event.task]--;
        for (int i = 0; i < event.size; i++) {
            histories.get(event.accesses[i] >> 1).size--;
        }
    }

    static boolean writes(int access) {
        return (access & 1) != 0;
    }

    /** How many events there are. */
    int size() {
        return size;
    }

    int tasks() {
        return tasks;
    }

    int task(int event) {
        return events.get(event).task;
    }

    /** The place of an event among those of its task, from 0 on. */
    int ordinal(int event) {
        return events.get(event).ordinal;
    }

    /** How many events of a task there are. */
    int count(int task) {
        return counts[task];
    }

    /** The {@code ordinal}-th event of a task. */
    int ofTask(int task, int ordinal) {
        return ofTask[task][ordinal];
    }

    /** The event before {@code event} of the same task, or {@link #NONE}. */
    int predecessor(int event) {
        Event e = events.get(event);
        return e.ordinal == 0 ? NONE : ofTask[e.task][e.ordinal - 1];
    }

    /** Whether {@code first} is {@code second} or happens before it. */
    boolean before(int first, int second) {
        Event e = events.get(first);
        return events.get(second).clock[e.task] > e.ordinal;
    }

    @Nullable
    Guard guard(int event) {
        return events.get(event).guard;
    }

    /** How many accesses {@code event} has. */
    int accesses(int event) {
        return events.get(event).size;
    }

    /** The {@code i}-th access of {@code event}. */
    int access(int event, int i) {
        return events.get(event).accesses[i];
    }

    /** How many accesses a place has had. */
    int visits(int place) {
        return histories.get(place).size;
    }

    /** The {@code i}-th event that touched a place, doubled, plus one if it wrote. */
    int visit(int place, int i) {
        return histories.get(place).accesses[i];
    }

    /** The number of a place, or {@link Places#NEW}. */
    int find(Object object, int index) {
        return places.find(object, index);
    }

    Object object(int place) {
        return places.object(place);
    }

    /** Whether the order of {@code event} and a step that stands may matter; they are of different tasks. */
    boolean conflicts(int event, Step step) {
        Event e = events.get(event);
        for (int i = 0; i < e.size; i++) {
            int place = e.accesses[i] >> 1;
            if (step.touches(places.object(place), places.index(place), !writes(e.accesses[i]))) {
                return true;
            }
        }
        return false;
    }

    /**
     * What observers looked at during {@code event}, as executions know it that begin like this one up to {@code base}.
     */
    Glances glances(int event, int base) {
        Event e = events.get(event);
        if (e.announced == e.size) {
            return Glances.NONE;
        }
        int[] seen = new int[e.size - e.announced];
        int[] looks = new int[seen.length];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = e.accesses[e.announced + i];
            looks[i] = histories.get(seen[i] >> 1).look;
        }
        return new Glances(seen, looks, events.get(base).placesBefore);
    }

    /** Whether the order of {@code event} and one with these glances may matter. */
    boolean meets(int event, Glances glances) {
        Event e = events.get(event);
        for (int i = 0; i < e.size && glances != Glances.NONE; i++) {
            int place = e.accesses[i] >> 1;
            if (glances.meets(e.accesses[i], histories.get(place).look, isGhost(places.object(place)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a place is none that steps announce, so that changes of it are not announced either. */
    static boolean isGhost(Object object) {
        return !Access.isAnnounced(object);
    }

    /** What a place contained in the beginning. */
    long initial(int place) {
        return histories.get(place).initial;
    }

    /** What {@code event} added to the contents of a place that it touched. */
    long change(int event, int place) {
        Event e = events.get(event);
        for (int i = 0; i < e.size; i++) {
            if (e.accesses[i] >> 1 == place) {
                return e.changes[i];
            }
        }
        return 0;
    }
}
