package org.mmrace.explore.dpor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mmrace.explore.Choice;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Step;

/**
 * What both reductions have in common: the path of the current execution, where each of its nodes has tasks that sleep
 * because what they would begin has been shown already (sleep sets, Godefroid 1996); and the analysis of races. Each
 * execution runs from the beginning, along the path, and then on.
 */
abstract class Dpor extends Shown {
    static final int[] NO_VALUES = {};

    private final Trace trace = new Trace();
    private final Races races = new Races(trace);
    private final List<Node> path = new ArrayList<>();
    private int planned;
    private int depth;
    private int fresh;
    private boolean open;
    private boolean ended;

    /** The kinds of places that steps have touched without announcing it. */
    private final Set<Class<?>> touched = new HashSet<>();

    @Override
    public final void begin() {
        trace.clear();
        depth = 0;
        node(0).values.rewind();
        open = false;
        ended = false;
    }

    @Override
    public final boolean stops(Choice choice) {
        settle(choice);
        long now = enabledTasks(choice);
        Node node = node(depth);
        if (choice.isUnfair()) {
            findRacesOfStanding(choice, true);
            over(choice);
            return true;
        }
        if (depth < planned) {
            check(node, now);
            return false;
        }
        node.enabled = now;
        node(depth + 1).values.clear(NO_VALUES);
        node.taken = enter(depth, choice);
        if (node.taken == Choice.NONE) {
            countBlocked();
            findRacesOfStanding(choice, false);
            ended = true;
            over(choice);
            return true;
        }
        planned++;
        return false;
    }

    final Node node(int number) {
        while (path.size() <= number) {
            path.add(new Node());
        }
        return path.get(number);
    }

    private static long enabledTasks(Choice choice) {
        long tasks = 0;
        for (int i = 0; i < choice.size(); i++) {
            tasks |= 1L << choice.enabled(i).number();
        }
        return tasks;
    }

    private void check(Node node, long now) {
        if (now != node.enabled || (now & 1L << node.taken) == 0) {
            throw new DivergedException("step " + depth + " could be one of " + Long.bitCount(node.enabled)
                    + " tasks, and now of " + Long.bitCount(now)
                    + ": the program does not do the same when it is scheduled the same");
        }
    }

    @Override
    public final int pick(Choice choice) {
        return choice.enabledOf(node(depth).taken);
    }

    @Override
    public final void step(Choice choice, int picked) {
        trace.begin(choice.enabled(picked), choice.tasks());
        depth++;
        open = true;
        node(depth).values.rewind();
    }

    @Override
    public final int choose(Step chooser, int bound) {
        return node(depth).values.choose(bound);
    }

    @Override
    public final boolean wantsObserved() {
        return true;
    }

    @Override
    public final void touched(Object object, int index, boolean writes) {
        if (open) {
            trace.touched(object, index, writes);
            touched.add(object.getClass());
        }
    }

    /** The last step has had its effect: what still sleeps, and which races there are. */
    private void settle(Choice choice) {
        if (!open) {
            return;
        }
        open = false;
        trace.settle();
        if (depth > fresh) {
            doze(choice);
            happened(depth - 1, choice);
        }
    }

    /** Who slept and does not depend on the last event sleeps on. */
    private void doze(Choice choice) {
        Node before = node(depth - 1);
        Node now = node(depth);
        now.wakeAll();
        for (long rest = before.asleep; rest != 0; rest &= rest - 1) {
            int task = Long.numberOfTrailingZeros(rest);
            Glances seen = before.glances(task);
            if (!trace.conflicts(depth - 1, choice.of(task)) && !trace.meets(depth - 1, seen)) {
                now.sleep(task, seen);
            }
        }
    }

    /** Whether what the reversal begins with has been shown: a task that sleeps there could as well come first. */
    final boolean isShown(Reversal reversal, Choice choice) {
        Node node = node(reversal.base());
        for (long rest = node.asleep; rest != 0; rest &= rest - 1) {
            int task = Long.numberOfTrailingZeros(rest);
            if (mayPrecede(reversal, task, node.glances(task), choice)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether {@code task} could as well come first; a weak initial.
     *
     * @param seen by observers when it does
     */
    final boolean mayPrecede(Reversal reversal, int task, Glances seen, Choice choice) {
        if (reversal.has(task)) {
            return reversal.mayBegin(task);
        }
        int outside = reversal.outside(task);
        boolean commutes = outside == Trace.NONE ? reversal.commutes(choice.of(task)) : reversal.commutes(outside);
        return commutes && !reversal.meets(seen);
    }

    @Override
    public final void stuck(Choice choice) {
        settle(choice);
        ended = true;
        countStuck();
        findRacesOfStanding(choice, false);
        over(choice);
    }

    /**
     * A task that waits might go on if something had not happened; and behind an execution that is cut off, others that
     * did not get their turn.
     */
    private void findRacesOfStanding(Choice choice, boolean all) {
        for (int number = 0; number < choice.tasks(); number++) {
            Step step = choice.of(number);
            if (!step.finished() && (all || !step.enabled())) {
                trace.begin(step, choice.tasks());
                trace.settle();
                findRaces(trace.size() - 1, choice);
                trace.drop();
            }
        }
    }

    @Override
    public final void complete(Choice choice) {
        settle(choice);
        ended = true;
        countComplete();
        over(choice);
    }

    @Override
    public final boolean end() {
        if (!ended) {
            countCut();
        }
        while (!node(planned).values.advance()) {
            if (planned == 0) {
                return false;
            }
            Node last = node(--planned);
            last.sleep(last.taken, glancesOfLast());
            node(planned + 1).values.clear(NO_VALUES);
            int task = next(planned);
            if (task != Choice.NONE) {
                last.taken = task;
                planned++;
                break;
            }
        }
        if (planned == 0) {
            node(0).wakeAll(); // other values in the beginning: another program
        }
        fresh = Math.max(planned - 1, 0);
        return true;
    }

    /** What observers may look at when the last task of the path goes again. */
    private Glances glancesOfLast() {
        boolean known = !open && node(planned + 1).values.isEmpty();
        return known || touched.isEmpty() ? trace.glances(planned, planned) : Glances.ANYTHING;
    }

    /** A branch that begins with the next event of {@code task} in the reversal. */
    final Wakeup branch(Reversal reversal, int task) {
        int event = reversal.next(task);
        Glances seen = reversal.isLast(event)
                ? (touched.isEmpty() ? Glances.NONE : Glances.ANYTHING)
                : trace.glances(event, reversal.base());
        return new Wakeup(task, chosen(event), seen);
    }

    /** The tasks that can go and do not sleep. */
    final long awake(int number) {
        return node(number).enabled & ~node(number).asleep;
    }

    /** What was chosen behind {@code event}. */
    final int[] chosen(int event) {
        return event < planned ? node(event + 1).values.chosen() : NO_VALUES;
    }

    /** A new node: which of the tasks that are awake goes, or {@link Choice#NONE}. */
    abstract int enter(int node, Choice choice);

    /** Another task that goes at a node, or {@link Choice#NONE}. */
    abstract int next(int node);

    /** A new event has happened. */
    void happened(int event, Choice choice) {}

    /** The execution is over. */
    void over(Choice choice) {}

    final void findRaces(int event, Choice choice) {
        races.find(event, touched, reversal -> reverse(reversal, choice));
    }

    final int events() {
        return trace.size();
    }

    /** Takes care that the reversal will be shown. */
    abstract void reverse(Reversal reversal, Choice choice);
}
