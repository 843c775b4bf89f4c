package org.mmrace.explore.dpor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mmrace.explore.Choice;

/**
 * Optimal DPOR (Abdulla, Aronis, Jonsson, Sagonas, POPL 2014, algorithm 2): shows each trace once, and begins no
 * execution that it does not end. Instead of a task, it keeps for each race a whole sequence of tasks, in wakeup trees.
 */
public final class OptimalDpor extends Dpor {
    /** For each node of the path, what is still to be shown there. */
    private final List<List<Wakeup>> trees = new ArrayList<>();

    private final Preference preference;

    /** A search that has shown nothing. */
    public OptimalDpor() {
        this(0);
    }

    /**
     * A search that has shown nothing, and begins elsewhere: it shows the same in another order.
     *
     * @param first the number of the task that goes first, then those behind it, where nothing else decides
     */
    public OptimalDpor(int first) {
        preference = new Preference(first);
    }

    private List<Wakeup> tree(int node) {
        while (trees.size() <= node) {
            trees.add(new ArrayList<>());
        }
        return trees.get(node);
    }

    /**
     * What sleeps where no sequence leads on has been woken up by the sequence that led here. If it was not, because
     * values were chosen or observers looked at what nobody had announced, it must not sleep on: other executions have
     * not been asked for what would then be missing.
     */
    @Override
    int enter(int node, Choice choice) {
        if (!tree(node).isEmpty()) {
            return follow(node);
        }
        node(node).wakeAll();
        tree(node + 1).clear();
        return preference.any(choice, awake(node));
    }

    @Override
    int next(int node) {
        return tree(node).isEmpty() ? Choice.NONE : follow(node);
    }

    private int follow(int node) {
        Wakeup first = tree(node).remove(0);
        if ((awake(node) & 1L << first.task()) == 0) {
            throw new IllegalStateException("task " + first.task() + " of a wakeup tree cannot go at step " + node);
        }
        tree(node + 1);
        trees.set(node + 1, first.children());
        node(node + 1).values.clear(first.values());
        return first.task();
    }

    /** A sequence is complete only with all that does not depend on the event put off. */
    @Override
    void over(Choice choice) {
        for (int event = 0; event < events(); event++) {
            findRaces(event, choice);
        }
    }

    @Override
    void reverse(Reversal reversal, Choice choice) {
        if (!isShown(reversal, choice)) {
            insert(tree(reversal.base()), reversal, choice);
        }
    }

    /** Walks down as long as a branch agrees with the reversal, and there adds what is left of it. */
    private void insert(List<Wakeup> siblings, Reversal reversal, Choice choice) {
        long skipped = 0;
        List<Wakeup> level = siblings;
        int i = 0;
        while (i < level.size()) {
            Wakeup branch = level.get(i);
            int task = branch.task();
            boolean has = reversal.has(task);
            if (!has && ((skipped & 1L << task) != 0 || reversal.isUnknown(task))) {
                return; // the branch does something that this execution does not tell: let it be shown first
            }
            if (!mayPrecede(reversal, task, branch.glances(), choice)) {
                i++;
                continue;
            }
            if (branch.children().isEmpty()) {
                return;
            }
            if (has && !Arrays.equals(branch.values(), chosen(reversal.next(task)))) {
                return; // behind the branch, other values will be shown as well
            }
            if (has) {
                reversal.take(task);
            } else {
                skipped |= 1L << task;
            }
            level = branch.children();
            i = 0;
        }
        for (int task = reversal.first(); task != Trace.NONE; task = reversal.first()) {
            Wakeup added = branch(reversal, task);
            reversal.take(task);
            level.add(added);
            level = added.children();
        }
    }

    @Override
    public String toString() {
        return preference.named("optimal");
    }
}
