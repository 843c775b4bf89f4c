package org.mmrace.explore.strategy;

import java.util.function.IntFunction;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Iterative context bounding (Musuvathi, Qadeer, PLDI 2007; CHESS): all schedules without a preemption, then all with
 * at most one, with at most two and so on, so that what is found first needs the fewest. Ends by itself when no
 * schedule has more preemptions. Shows again, in each round, what the rounds before have shown: that costs little,
 * because each round is many times as long as the one before, and needs no memory.
 *
 * <p>Over states each round is a {@link StateSearch}, which makes it much shorter.
 */
public final class PreemptionBounded implements Strategy {
    private final String name;
    private final int most;
    private final IntFunction<Bounded> searches;
    private Bounded search;
    private int bound;
    private int complete = -1;
    private long distinct;

    private PreemptionBounded(String name, int most, IntFunction<Bounded> searches) {
        if (most < 0) {
            throw new IllegalArgumentException("there are 0 preemptions or more, not " + most);
        }
        this.name = name;
        this.most = most;
        this.searches = searches;
        this.search = searches.apply(0);
    }

    /** All schedules, until there are no more. */
    public static PreemptionBounded unlimited() {
        return new PreemptionBounded("pb", Bounded.ANY, DepthFirst::withPreemptions);
    }

    /**
     * All schedules with up to {@code most} preemptions.
     *
     * @throws IllegalArgumentException when that is negative
     */
    public static PreemptionBounded upTo(int most) {
        return new PreemptionBounded("pb", most, DepthFirst::withPreemptions);
    }

    /**
     * All states that can be reached with up to {@code most} preemptions.
     *
     * @throws IllegalArgumentException when that is negative
     */
    public static PreemptionBounded statesUpTo(int most) {
        return new PreemptionBounded("states", most, StateSearch::withPreemptions);
    }

    /** Everything that takes at most so many preemptions has been shown; -1 before the first round is over. */
    public int complete() {
        return complete;
    }

    /**
     * How many schedules had as many preemptions as their round allowed; without states, these are all different ones
     * that have been shown.
     */
    public long distinct() {
        return distinct;
    }

    /** How many preemptions the execution had, or has had so far. */
    public int preemptions() {
        return search.preemptions();
    }

    @Override
    public void begin() {
        search.begin();
    }

    @Override
    public boolean stops(Choice choice) {
        return search.stops(choice);
    }

    @Override
    public boolean wantsObserved() {
        return search.wantsObserved();
    }

    @Override
    public int pick(Choice choice) {
        return search.pick(choice);
    }

    @Override
    public int choose(Step chooser, int values) {
        return search.choose(chooser, values);
    }

    @Override
    public void step(Choice choice, int picked) {
        search.step(choice, picked);
    }

    @Override
    public void touched(Object object, int index, boolean writes) {
        search.touched(object, index, writes);
    }

    @Override
    public void stuck(Choice choice) {
        search.stuck(choice);
    }

    @Override
    public void complete(Choice choice) {
        search.complete(choice);
    }

    @Override
    public boolean end() {
        distinct += search.preemptions() == bound ? 1 : 0;
        if (search.end()) {
            return true;
        }
        complete = bound;
        if (bound == most || !search.refused()) {
            return false;
        }
        bound++;
        search = searches.apply(bound);
        return true;
    }

    @Override
    public String proved(long executions) {
        return search.proved(distinct, search.refused());
    }

    @Override
    public String toString() {
        return most == Bounded.ANY ? name : name + ":" + most;
    }
}
