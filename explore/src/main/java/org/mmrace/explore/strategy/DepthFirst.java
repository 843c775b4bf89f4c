package org.mmrace.explore.strategy;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.explore.Choice;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Step;
import org.mmrace.explore.VerdictText;

/**
 * Every schedule once, by depth-first search over the choices; with a bound, every schedule with at most so many
 * preemptions (CHESS). A preemption is a switch away from a task that could go on. The program must do the same when it
 * is scheduled the same.
 */
public final class DepthFirst implements Bounded {
    /** One choice of the current path: the task or value taken, and whether higher ones are to be tried as well. */
    private record Branch(boolean data, int taken, int size, int current, int preemptionsBefore, boolean more) {
        Branch next() {
            return new Branch(data, taken + 1, size, current, preemptionsBefore, more);
        }

        int preemptions() {
            return current == Choice.NONE || current == taken ? preemptionsBefore : preemptionsBefore + 1;
        }
    }

    private final int preemptionsMax;
    private final List<Branch> path = new ArrayList<>();
    private int depth;
    private int preemptions;
    private boolean refused;

    /** How many executions ended because a task turned a loop again and again, and would have done so for ever. */
    private long cut;

    private DepthFirst(int preemptionsMax) {
        this.preemptionsMax = preemptionsMax;
    }

    /** All schedules. */
    public static DepthFirst all() {
        return new DepthFirst(ANY);
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
        preemptions = branch.preemptions();
        return branch.taken;
    }

    @Override
    public int choose(Step chooser, int bound) {
        return follow(true, bound, Choice.NONE, Choice.NONE).taken;
    }

    /** What the current path does here; behind its end it goes on with what costs nothing. */
    private Branch follow(boolean data, int size, int current, int only) {
        if (depth == path.size() && only != Choice.NONE) {
            path.add(new Branch(data, only, size, current, preemptions, false));
        } else if (depth == path.size()) {
            boolean free = current == Choice.NONE || preemptions < preemptionsMax;
            refused |= !free;
            path.add(new Branch(data, free ? 0 : current, size, current, preemptions, free));
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

    @Override
    public boolean end() {
        while (!path.isEmpty()) {
            Branch last = path.remove(path.size() - 1);
            if (last.more && last.taken + 1 < last.size) {
                path.add(last.next());
                return true;
            }
        }
        return false;
    }

    @Override
    public String proved(long executions) {
        return proved(executions, preemptionsMax != ANY);
    }

    @Override
    public String proved(long number, boolean bounded) {
        String most = bounded ? " with at most " + VerdictText.count(preemptionsMax, "preemption") : "";
        return VerdictText.all(number, "schedule") + most + Bounded.but(cut);
    }

    @Override
    public String toString() {
        return preemptionsMax == ANY ? "dfs" : "dfs with " + preemptionsMax + " preemptions at most";
    }
}
