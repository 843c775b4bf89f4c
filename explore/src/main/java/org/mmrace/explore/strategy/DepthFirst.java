package org.mmrace.explore.strategy;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.explore.Choice;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Strategy;

/**
 * Every schedule once, by depth-first search over the choices; with a bound, every schedule with at most so many
 * preemptions (CHESS). A preemption is a switch away from a task that could go on. The program must do the same when it
 * is scheduled the same.
 */
public final class DepthFirst implements Strategy {
    /** What is still to be tried at one choice of the current path: the task that goes, then higher ones. */
    private record Branch(int taken, int size, int current, int preemptionsBefore) {}

    private final int preemptionsMax;
    private final List<Branch> path = new ArrayList<>();
    private int depth;
    private int preemptions;
    private boolean refused;

    private DepthFirst(int preemptionsMax) {
        this.preemptionsMax = preemptionsMax;
    }

    /** All schedules. */
    public static DepthFirst all() {
        return new DepthFirst(Integer.MAX_VALUE);
    }

    /** All schedules with at most {@code preemptionsMax} preemptions. */
    public static DepthFirst withPreemptions(int preemptionsMax) {
        return new DepthFirst(preemptionsMax);
    }

    /** How many preemptions the execution had, or has had so far. */
    public int preemptions() {
        return preemptions;
    }

    /** Whether there is a schedule that this search does not show, because it has more preemptions. */
    boolean refused() {
        return refused;
    }

    @Override
    public void begin() {
        depth = 0;
        preemptions = 0;
    }

    @Override
    public int pick(Choice choice) {
        if (depth == path.size()) {
            path.add(first(choice));
        }
        Branch branch = path.get(depth++);
        if (branch.size != choice.size()) {
            throw new DivergedException("decision " + depth + " had " + branch.size + " tasks that could go on, and now"
                    + " has " + choice.size() + ": the program does not do the same when it is scheduled the same");
        }
        preemptions = branch.preemptionsBefore + cost(branch, branch.taken);
        return branch.taken;
    }

    /** Where the search begins at a choice: with what costs nothing. */
    private Branch first(Choice choice) {
        boolean free = choice.current() == Choice.NONE || preemptions < preemptionsMax;
        refused |= !free;
        return new Branch(free ? 0 : choice.current(), choice.size(), choice.current(), preemptions);
    }

    private static int cost(Branch branch, int pick) {
        return branch.current == Choice.NONE || branch.current == pick ? 0 : 1;
    }

    @Override
    public boolean end() {
        while (!path.isEmpty()) {
            Branch last = path.remove(path.size() - 1);
            boolean free = last.current == Choice.NONE || last.preemptionsBefore < preemptionsMax;
            if (free && last.taken + 1 < last.size) {
                path.add(new Branch(last.taken + 1, last.size, last.current, last.preemptionsBefore));
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return preemptionsMax == Integer.MAX_VALUE ? "dfs" : "dfs with " + preemptionsMax + " preemptions at most";
    }
}
