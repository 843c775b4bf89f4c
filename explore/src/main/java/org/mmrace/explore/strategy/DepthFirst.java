package org.mmrace.explore.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mmrace.explore.Choice;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Step;

/**
 * Every schedule once, by depth-first search over the choices; with a bound, every schedule with at most so many
 * preemptions (CHESS). A preemption is a switch away from a task that could go on. The program must do the same when it
 * is scheduled the same.
 */
public final class DepthFirst implements Bounded {
    /**
     * What is still to be tried at one choice of the current path: the task or value taken, then higher ones, unless it
     * is the only one.
     */
    private record Branch(boolean data, int taken, int size, int current, int preemptionsBefore, boolean only) {}

    private final int preemptionsMax;
    private final List<Branch> path = new ArrayList<>();
    private int depth;
    private int preemptions;
    private boolean refused;
    private long cut;

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

    @Override
    public int preemptions() {
        return preemptions;
    }

    @Override
    public boolean refused() {
        return refused;
    }

    /** {@inheritDoc} A task that turns a loop again and again, although others could go, would do so for ever. */
    @Override
    public long cut() {
        return cut;
    }

    @Override
    public boolean stops(Choice choice) {
        boolean stops = choice.isUnfair();
        cut += stops ? 1 : 0;
        return stops;
    }

    /** Whether the execution has come to where none of this search has been. */
    boolean isNew() {
        return depth == path.size();
    }

    @Override
    public void begin() {
        depth = 0;
        preemptions = 0;
    }

    @Override
    public int pick(Choice choice) {
        return pick(choice, Choice.NONE);
    }

    /** As {@link #pick(Choice)}; at a choice that is new, nothing but {@code only} is tried, unless that is NONE. */
    int pick(Choice choice, int only) {
        Branch branch = follow(false, choice.size(), choice.current(), only);
        preemptions = branch.preemptionsBefore + cost(branch, branch.taken);
        return branch.taken;
    }

    @Override
    public int choose(Step chooser, int bound) {
        return follow(true, bound, Choice.NONE, Choice.NONE).taken;
    }

    /** What the current path does here; behind its end it goes on with what costs nothing. */
    private Branch follow(boolean data, int size, int current, int only) {
        if (depth == path.size() && only != Choice.NONE) {
            path.add(new Branch(data, only, size, current, preemptions, true));
        } else if (depth == path.size()) {
            boolean free = current == Choice.NONE || preemptions < preemptionsMax;
            refused |= !free;
            path.add(new Branch(data, free ? 0 : current, size, current, preemptions, false));
        }
        Branch branch = path.get(depth++);
        if (branch.size != size || branch.data != data) {
            throw new DivergedException("decision " + depth + " was among " + text(branch.data, branch.size)
                    + ", and now is among " + text(data, size)
                    + ": the program does not do the same when it is scheduled the same");
        }
        return branch;
    }

    private static String text(boolean data, int size) {
        return size + (data ? " values" : " tasks that can go on");
    }

    private static int cost(Branch branch, int pick) {
        return branch.current == Choice.NONE || branch.current == pick ? 0 : 1;
    }

    @Override
    public boolean end() {
        while (!path.isEmpty()) {
            Branch last = path.remove(path.size() - 1);
            boolean free = last.current == Choice.NONE || last.preemptionsBefore < preemptionsMax;
            if (free && !last.only && last.taken + 1 < last.size) {
                path.add(new Branch(last.data, last.taken + 1, last.size, last.current, last.preemptionsBefore, false));
                return true;
            }
        }
        return false;
    }

    @Override
    public String proved(long executions) {
        String all = String.format(Locale.ROOT, "all %,d schedules", executions);
        String most = preemptionsMax == Integer.MAX_VALUE ? "" : " with at most " + preemptionsMax + " preemptions";
        return all + most + (cut == 0 ? "" : String.format(Locale.ROOT, ", but %,d executions were cut off", cut));
    }

    @Override
    public String toString() {
        return preemptionsMax == Integer.MAX_VALUE ? "dfs" : "dfs with " + preemptionsMax + " preemptions at most";
    }
}
