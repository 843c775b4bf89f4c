package org.mmrace.explore.strategy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Access;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.kernel.Lockable;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Verb;

/**
 * The state that an execution is in: what each task has seen so far, and what the places contain where a task has been.
 * What a task does next depends on what it has seen only, so two executions in one state can only go on alike.
 *
 * <p>Nothing in a state is the identity of an object, so states of different executions can be compared. A place is
 * called by the lowest task that has been there, and by which step of that task was the first one there: the histories
 * say which place that is. A pointer is what some step of some task has stored there.
 */
final class StateKey {
    /**
     * What a task learns nothing from but that it happened: it writes, or it waits for something. Whether a lock was
     * got that is not waited for is seen afterwards.
     */
    private static final Set<Verb> BLIND = EnumSet.of(
            Verb.WRITE_ONCE,
            Verb.STORE_RELEASE,
            Verb.RCU_ASSIGN_POINTER,
            Verb.SPIN_LOCK,
            Verb.SPIN_UNLOCK,
            Verb.DOWN_READ,
            Verb.DOWN_READ_TRYLOCK,
            Verb.UP_READ,
            Verb.DOWN_WRITE,
            Verb.UP_WRITE,
            Verb.DOWNGRADE_WRITE,
            Verb.WAIT_ON_BIT,
            Verb.WAIT_FOR_REF,
            Verb.LOCAL_IRQ_SAVE,
            Verb.LOCAL_IRQ_RESTORE,
            Verb.INSTRUCTION_BEGIN,
            Verb.INSTRUCTION_END,
            Verb.RCU_READ_LOCK,
            Verb.RCU_READ_UNLOCK,
            Verb.CALL_RCU,
            Verb.COND_RESCHED);

    /** What leaves something behind that is no number: a pointer, or a section in which a CPU is. */
    private static final Set<Verb> SIGNS =
            EnumSet.of(Verb.RCU_ASSIGN_POINTER, Verb.LOCAL_IRQ_SAVE, Verb.INSTRUCTION_BEGIN, Verb.RCU_READ_LOCK);

    /** What takes the sign of a section away. */
    private static final Set<Verb> UNSIGNS =
            EnumSet.of(Verb.LOCAL_IRQ_RESTORE, Verb.INSTRUCTION_END, Verb.RCU_READ_UNLOCK);

    private static final int TASKS = 64;
    private static final int PLACES = 256;

    /** A place where a task has been. */
    private static final class Cell {
        final Place place;
        final Hash128 hash = new Hash128();
        long name;
        long contents;
        long sign;
        boolean section;

        Cell(Place place) {
            this.place = place;
        }

        void rehash() {
            hash.clear();
            hash.add(name);
            hash.add(contents);
            hash.add(sign);
        }
    }

    private final Map<Place, Cell> cells = new HashMap<>();
    private final List<Cell> touched = new ArrayList<>();
    private final List<Hash128> histories = new ArrayList<>();
    private final Hash128 memory = new Hash128();
    private final Hash128 key = new Hash128();
    private long[] steps = {};
    private int last;
    private @Nullable Task tries;
    private @Nullable Lockable tried;

    /** An execution begins. */
    void begin() {
        cells.clear();
        touched.clear();
        memory.clear();
        histories.forEach(Hash128::clear);
        steps = new long[0];
        tries = null;
        tried = null;
    }

    private void prepare(int tasks) {
        if (steps.length == 0) {
            steps = new long[tasks];
            while (histories.size() < tasks) {
                histories.add(new Hash128());
            }
        }
    }

    /** What task {@code number} has seen, after {@link #now}. */
    Hash128 seen(int number) {
        return histories.get(number);
    }

    /** A step is about to happen. */
    void step(Choice choice, int picked) {
        prepare(choice.tasks());
        Step step = choice.enabled(picked);
        last = step.number();
        Hash128 history = histories.get(last);
        history.add(step.verb().ordinal());
        boolean blind = BLIND.contains(step.verb());
        Object object = step.object();
        if (object != null) {
            touch(new Place(object, step.index()), !blind, 0);
            sign(step.verb());
        }
        List<Access> further = step.further();
        for (int i = 0; i < further.size(); i++) {
            Access access = further.get(i);
            touch(new Place(access.object(), access.index()), !blind && !access.writes(), i + 1);
        }
        if (step.verb() == Verb.DOWN_READ_TRYLOCK || step.verb() == Verb.DOWN_WRITE) {
            tries = step.task();
            tried = step.lock();
        }
        steps[last]++;
    }

    /** The last task touches a place; {@code nth} is the how-manieth of this step. */
    private void touch(Place place, boolean sees, int nth) {
        Cell cell = cells.get(place);
        if (cell == null) {
            cell = new Cell(place);
            cell.name = Long.MAX_VALUE;
            cell.contents = Access.contents(place.object(), place.index());
            cells.put(place, cell);
        } else {
            memory.remove(cell.hash);
        }
        if (last < cell.name % TASKS) {
            cell.name = (steps[last] * PLACES + nth) * TASKS + last;
        }
        cell.rehash();
        memory.insert(cell.hash);
        touched.add(cell);
        if (sees) {
            histories.get(last).add(cell.contents);
            histories.get(last).add(cell.sign);
        }
    }

    /** The place that was touched last gets the sign of this step, or loses its sign. */
    private void sign(Verb verb) {
        boolean signs = SIGNS.contains(verb);
        if (signs || UNSIGNS.contains(verb)) {
            Cell cell = touched.get(touched.size() - 1);
            memory.remove(cell.hash);
            cell.section = verb != Verb.RCU_ASSIGN_POINTER;
            cell.sign = signs ? 1 + steps[last] * TASKS + last : 0;
            cell.rehash();
            memory.insert(cell.hash);
        }
    }

    /**
     * The step that is under way touches one more place. The task learns something from it when that says whether a CPU
     * is in a section; everything else is for observers. What they write down is known by who wrote it in which order.
     */
    void touched(Object object, int index, boolean writes) {
        if (steps.length == 0) {
            return;
        }
        touch(new Place(object, index), false, touched.size());
        Cell cell = touched.get(touched.size() - 1);
        if (cell.section && cell.sign != 0) {
            histories.get(last).add(cell.sign);
        }
        if (writes) {
            memory.remove(cell.hash);
            cell.hash.add(steps[last] * TASKS + last);
            cell.sign = cell.hash.low;
            cell.rehash();
            memory.insert(cell.hash);
        }
    }

    /** Task {@code number} has been given {@code value}, out of a few. */
    void chosen(int number, int value) {
        while (histories.size() <= number) {
            histories.add(new Hash128());
        }
        histories.get(number).add(value);
    }

    /** The state now, when a step has had its effect and every task stands at its next one. */
    Hash128 now(Choice choice) {
        prepare(choice.tasks());
        settle();
        key.clear();
        for (int number = 0; number < choice.tasks(); number++) {
            Step next = choice.of(number);
            key.add(histories.get(number));
            key.add(next.finished() ? -1 : next.verb().ordinal());
        }
        key.add(memory);
        return key;
    }

    private void settle() {
        for (Cell cell : touched) {
            long contents = Access.contents(cell.place.object(), cell.place.index());
            if (contents != cell.contents) {
                memory.remove(cell.hash);
                cell.contents = contents;
                cell.rehash();
                memory.insert(cell.hash);
            }
        }
        touched.clear();
        Task task = tries;
        if (task != null && tried != null) {
            histories.get(last).add(task.held().modeOf(tried) == null ? 0 : 1);
        }
        tries = null;
        tried = null;
    }
}
