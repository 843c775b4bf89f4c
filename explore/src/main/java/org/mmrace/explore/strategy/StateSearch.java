package org.mmrace.explore.strategy;

import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.VerdictText;

/**
 * Every state once, by depth-first search over the choices: an execution that comes to a state in which another one has
 * been ends there, because that one has shown, or will have shown, all that can follow. With a bound, everything that
 * takes no more preemptions than that; a state counts again then when it is reached with more preemptions left (Coons,
 * Musuvathi, McKinley, OOPSLA 2013; CHESS).
 *
 * <p>A state is the shared memory and what each task has seen so far ({@link StateKey}), as 128 bits. What observers
 * remember, such as ghosts and monitors, is no part of it: of two ways to one state between which only they could tell,
 * one is shown.
 *
 * <p>Remembers a limited number of states. What comes when it is full is explored again whenever it comes again: that
 * takes time, and what the search says in the end stays true.
 */
public final class StateSearch implements Bounded {
    /** Some 170 megabytes when all are there. */
    public static final int STATES_MAX = 6_000_000;

    private final int preemptionsMax;
    private final SharedPlaces shared = new SharedPlaces();
    private DepthFirst search;
    private final StateKey state = new StateKey();
    private final VisitedStates visited;
    private boolean over;

    /**
     * How many executions were cut off before their end: a task that turns a loop again and again although others could
     * go, a livelock, the step bound, a failure, or somebody stopped them. With one of those, states may be missing.
     */
    private long cut;

    private StateSearch(int preemptionsMax, int statesMax) {
        this.preemptionsMax = preemptionsMax;
        this.search = DepthFirst.withPreemptions(preemptionsMax);
        this.visited = new VisitedStates(statesMax);
    }

    /** All states. */
    public static StateSearch all() {
        return all(STATES_MAX);
    }

    /** All states, of which at most {@code statesMax} are remembered. */
    public static StateSearch all(int statesMax) {
        return new StateSearch(ANY, statesMax);
    }

    /** All states that can be reached with at most {@code preemptionsMax} preemptions. */
    public static StateSearch withPreemptions(int preemptionsMax) {
        return new StateSearch(preemptionsMax, STATES_MAX);
    }

    /**
     * How many different states there were, as far as they are remembered; with a bound, those that differ in which
     * task went last count as different.
     */
    public int states() {
        return visited.size();
    }

    /** How many times it came to a state when it could remember no more. */
    public long forgotten() {
        return visited.forgotten();
    }

    @Override
    public int preemptions() {
        return search.preemptions();
    }

    @Override
    public boolean refused() {
        return search.refused();
    }

    @Override
    public void begin() {
        search.begin();
        state.begin();
        shared.begin();
        over = false;
    }

    @Override
    public boolean stops(Choice choice) {
        Hash128 now = state.now(choice);
        for (int number = 0; number < choice.tasks(); number++) {
            Step step = choice.of(number);
            if (!step.finished() && !step.enabled()) {
                shared.touches(step, state.seen(number));
            }
        }
        over = search.isNew() && !isNew(choice, now);
        return over || choice.isUnfair();
    }

    private boolean isNew(Choice choice, Hash128 now) {
        if (preemptionsMax == ANY) {
            return visited.add(now, 0);
        }
        now.add(
                choice.current() == Choice.NONE
                        ? -1
                        : choice.enabled(choice.current()).number());
        return visited.add(now, preemptionsMax - search.preemptions());
    }

    @Override
    public boolean wantsObserved() {
        return true;
    }

    @Override
    public int pick(Choice choice) {
        return search.isNew() ? search.pick(choice, local(choice)) : search.pick(choice);
    }

    /**
     * A step that happens at places of its task's own, so that nothing is lost if it happens at once: before it the
     * task need not be interrupted. With a bound, only the task that runs is asked, for another one would cost.
     */
    private int local(Choice choice) {
        int current = choice.current();
        if (current != Choice.NONE && isLocal(choice.enabled(current))) {
            return current;
        }
        for (int i = 0; preemptionsMax == ANY && i < choice.size(); i++) {
            if (isLocal(choice.enabled(i))) {
                return i;
            }
        }
        return Choice.NONE;
    }

    private boolean isLocal(Step step) {
        return shared.isLocal(step, state.seen(step.number()));
    }

    @Override
    public int choose(Step chooser, int bound) {
        int value = search.choose(chooser, bound);
        state.chosen(chooser.number(), value);
        return value;
    }

    @Override
    public void step(Choice choice, int picked) {
        Step step = choice.enabled(picked);
        shared.touches(step, state.seen(step.number()));
        state.step(choice, picked);
    }

    @Override
    public void touched(Object object, int index, boolean writes) {
        shared.touchesMore(new Place(object, index), writes);
        state.touched(object, index, writes);
    }

    @Override
    public void stuck(Choice choice) {
        over = true;
        isNew(choice, state.now(choice));
    }

    @Override
    public void complete(Choice choice) {
        over = true;
        isNew(choice, state.now(choice));
    }

    @Override
    public boolean end() {
        cut += over ? 0 : 1;
        if (search.end()) {
            return true;
        }
        boolean again = shared.learned();
        if (again) { // what looked like a place of one task's own was not, so something may be missing
            search = DepthFirst.withPreemptions(preemptionsMax);
            visited.clear();
            cut = 0;
        }
        return again;
    }

    @Override
    public String proved(long executions) {
        return proved(executions, preemptionsMax != ANY);
    }

    @Override
    public String proved(long number, boolean bounded) {
        String most = bounded ? " within " + VerdictText.count(preemptionsMax, "preemption") : "";
        return VerdictText.all(states() + forgotten(), "state") + most + Bounded.but(cut);
    }

    @Override
    public String toString() {
        return preemptionsMax == ANY ? "states" : "states with " + preemptionsMax + " preemptions at most";
    }
}
