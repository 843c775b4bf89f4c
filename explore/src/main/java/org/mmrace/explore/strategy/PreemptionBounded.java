package org.mmrace.explore.strategy;

import java.util.Locale;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Iterative context bounding (Musuvathi, Qadeer, PLDI 2007; CHESS): all schedules without a preemption, then all with
 * at most one, with at most two and so on, so that what is found first needs the fewest. Ends by itself when no
 * schedule has more preemptions. Shows again, in each round, what the rounds before have shown: that costs little,
 * because each round is many times as long as the one before, and needs no memory.
 */
public final class PreemptionBounded implements Strategy {
    private final int most;
    private DepthFirst search = DepthFirst.withPreemptions(0);
    private int bound;
    private int complete = -1;
    private long schedules;

    private PreemptionBounded(int most) {
        this.most = most;
    }

    /** Until there are no more schedules. */
    public static PreemptionBounded unlimited() {
        return new PreemptionBounded(Integer.MAX_VALUE);
    }

    /**
     * Up to {@code most} preemptions.
     *
     * @throws IllegalArgumentException when that is negative
     */
    public static PreemptionBounded upTo(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("there are 0 preemptions or more, not " + most);
        }
        return new PreemptionBounded(most);
    }

    /** How many preemptions the schedules of this round may have. */
    public int bound() {
        return bound;
    }

    /** All schedules with at most so many preemptions have been shown; -1 before the first round is over. */
    public int complete() {
        return complete;
    }

    /** How many different schedules have been shown. */
    public long schedules() {
        return schedules;
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
    public int pick(Choice choice) {
        return search.pick(choice);
    }

    @Override
    public int choose(Step chooser, int values) {
        return search.choose(chooser, values);
    }

    @Override
    public boolean end() {
        schedules += search.preemptions() == bound ? 1 : 0;
        if (search.end()) {
            return true;
        }
        complete = bound;
        if (bound == most || !search.refused()) {
            return false;
        }
        bound++;
        search = DepthFirst.withPreemptions(bound);
        return true;
    }

    @Override
    public String proved(long executions) {
        String all = String.format(Locale.ROOT, "all %,d schedules", schedules);
        return search.refused() ? all + " with at most " + bound + " preemptions" : all;
    }

    @Override
    public String toString() {
        return most == Integer.MAX_VALUE ? "pb" : "pb:" + most;
    }
}
