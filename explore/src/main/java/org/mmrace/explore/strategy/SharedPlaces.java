package org.mmrace.explore.strategy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mmrace.explore.Access;
import org.mmrace.explore.Step;

/**
 * Which places more than one task touches, as far as executions have shown. It does not matter when the step of a task
 * happens whose places nobody else touches. Across executions a place is known by what the task had seen when it came
 * there first.
 */
final class SharedPlaces {
    private static final int MARKS_MAX = 1 << 20;

    /** Stands for a place that a step touches without having announced it. */
    private static final int UNANNOUNCED = -1;

    /** What happened at one place in this execution. */
    private static final class Use {
        final List<Hash128> marks = new ArrayList<>(1);
        long tasks;
        boolean written;
        boolean shared;
    }

    private final VisitedStates known = new VisitedStates(MARKS_MAX);
    private final Map<Place, Use> uses = new HashMap<>();
    private final Hash128 scratch = new Hash128();
    private final Hash128 last = new Hash128();
    private int lastNumber;
    private int learned;

    /** An execution begins. */
    void begin() {
        uses.clear();
    }

    /** Whether something was learned since this was asked last. */
    boolean learned() {
        int before = learned;
        learned = known.size();
        return learned > before;
    }

    private static Hash128 mark(Hash128 into, Hash128 seen, int number, int nth) {
        into.set(seen);
        into.add(number);
        into.add(nth);
        return into;
    }

    /** Whether nobody else touches what {@code step} touches, of a task that has {@code seen} so much. */
    boolean isLocal(Step step, Hash128 seen) {
        if (known.has(mark(scratch, seen, step.number(), UNANNOUNCED))) {
            return false;
        }
        Object object = step.object();
        boolean local = object == null || isLocal(step, seen, new Place(object, step.index()), 0);
        List<Access> further = step.further();
        for (int i = 0; local && i < further.size(); i++) {
            Access access = further.get(i);
            local = isLocal(step, seen, new Place(access.object(), access.index()), i + 1);
        }
        return local;
    }

    private boolean isLocal(Step step, Hash128 seen, Place place, int nth) {
        Use use = uses.get(place);
        long mine = 1L << step.number();
        if (use != null && (use.shared || ((use.tasks & ~mine) != 0 && (use.written || step.writes())))) {
            return false;
        }
        boolean first = use == null || (use.tasks & mine) == 0;
        return !first || !known.has(mark(scratch, seen, step.number(), nth));
    }

    /** {@code step} happens, of a task that has {@code seen} so much; or it stands there and has to wait. */
    void touches(Step step, Hash128 seen) {
        mark(last, seen, step.number(), UNANNOUNCED);
        lastNumber = step.number();
        Object object = step.object();
        if (object != null) {
            touches(step, seen, new Place(object, step.index()), 0, step.writes());
        }
        List<Access> further = step.further();
        for (int i = 0; i < further.size(); i++) {
            Access access = further.get(i);
            touches(step, seen, new Place(access.object(), access.index()), i + 1, access.writes());
        }
    }

    private void touches(Step step, Hash128 seen, Place place, int nth, boolean writes) {
        Use use = uses.computeIfAbsent(place, key -> new Use());
        long mine = 1L << step.number();
        if ((use.tasks & mine) == 0) {
            Hash128 mark = mark(new Hash128(), seen, step.number(), nth);
            use.shared |= known.has(mark);
            use.marks.add(mark);
        }
        add(use, mine, writes);
    }

    private void add(Use use, long task, boolean writes) {
        use.tasks |= task;
        use.written |= writes;
        use.shared |= use.written && Long.bitCount(use.tasks) > 1;
        if (use.shared) {
            use.marks.forEach(mark -> known.add(mark, 0));
            use.marks.clear();
        }
    }

    /** The step that happened last touches one more place. */
    void touchesMore(Place place, boolean writes) {
        Use use = uses.computeIfAbsent(place, key -> new Use());
        Hash128 mark = new Hash128();
        mark.set(last);
        use.marks.add(mark);
        add(use, 1L << lastNumber, writes);
    }
}
