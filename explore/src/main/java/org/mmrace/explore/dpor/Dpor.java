package org.mmrace.explore.dpor;

import java.util.Arrays;
import org.mmrace.explore.Choice;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * What both reductions have in common: the path of the current execution, where each of its nodes has tasks that sleep
 * because what they would begin has been shown already (sleep sets, Godefroid 1996); and the analysis of races. Each
 * execution runs from the beginning, along the path, and then on.
 */
abstract class Dpor implements Strategy {
    private final Trace trace = new Trace();
    private final Races races = new Races(trace);
    private int[] taken = new int[64];
    private long[] enabled = new long[64];
    private long[] asleep = new long[64];
    private int planned;
    private int depth;
    private int fresh;
    private boolean open;
    private boolean ended;
    private long complete;
    private long stuck;
    private long blocked;
    private long cut;

    /** How many executions came to an end; each is another trace. */
    public final long complete() {
        return complete;
    }

    /** How many executions came to where no task can go on; each is another trace. */
    public final long deadlocked() {
        return stuck;
    }

    /** How many executions were given up because all that could follow had been shown. */
    public final long sleepSetBlocked() {
        return blocked;
    }

    /**
     * How many executions were cut off: a livelock, the step bound, a failure, or somebody stopped them. With one of
     * those, traces may be missing.
     */
    public final long cut() {
        return cut;
    }

    @Override
    public final void begin() {
        trace.clear();
        depth = 0;
        open = false;
        ended = false;
    }

    @Override
    public final boolean stops(Choice choice) {
        settle(choice);
        long now = enabledTasks(choice);
        if (depth < planned) {
            check(now);
            return false;
        }
        if (depth == taken.length) {
            grow();
        }
        enabled[depth] = now;
        int task = enter(depth, choice, now & ~asleep[depth]);
        if (task == Choice.NONE) {
            blocked++;
            findRacesOfWaiting(choice);
            ended = true;
            over(choice);
            return true;
        }
        taken[depth] = task;
        planned++;
        return false;
    }

    private void grow() {
        int length = 2 * taken.length;
        taken = Arrays.copyOf(taken, length);
        enabled = Arrays.copyOf(enabled, length);
        asleep = Arrays.copyOf(asleep, length);
    }

    private static long enabledTasks(Choice choice) {
        long tasks = 0;
        for (int i = 0; i < choice.size(); i++) {
            tasks |= 1L << choice.enabled(i).number();
        }
        return tasks;
    }

    private void check(long now) {
        if (now != enabled[depth] || (now & 1L << taken[depth]) == 0) {
            throw new DivergedException("step " + depth + " could be one of " + Long.bitCount(enabled[depth])
                    + " tasks, and now of " + Long.bitCount(now)
                    + ": the program does not do the same when it is scheduled the same");
        }
    }

    @Override
    public final int pick(Choice choice) {
        return choice.enabledOf(taken[depth]);
    }

    @Override
    public final void step(Choice choice, int picked) {
        trace.begin(choice.enabled(picked), choice.tasks());
        depth++;
        open = true;
    }

    @Override
    public final void touched(Object object, int index) {
        if (open) {
            trace.touched(object, index);
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
            if (depth == asleep.length) {
                grow();
            }
            asleep[depth] = stillAsleep(choice);
            happened(depth - 1, choice);
        }
    }

    private long stillAsleep(Choice choice) {
        long still = 0;
        for (long rest = asleep[depth - 1]; rest != 0; rest &= rest - 1) {
            int task = Long.numberOfTrailingZeros(rest);
            if (!trace.conflicts(depth - 1, choice.of(task))) {
                still |= 1L << task;
            }
        }
        return still;
    }

    /** Whether what the reversal begins with has been shown: a task that sleeps there could as well come first. */
    final boolean isShown(Reversal reversal, Choice choice) {
        for (long rest = asleep[reversal.base()]; rest != 0; rest &= rest - 1) {
            if (mayPrecede(reversal, Long.numberOfTrailingZeros(rest), choice)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code task} could as well come first; a weak initial. */
    final boolean mayPrecede(Reversal reversal, int task, Choice choice) {
        if (reversal.has(task)) {
            return reversal.mayBegin(task);
        }
        int outside = reversal.outside(task);
        return outside == Trace.NONE ? reversal.commutes(choice.of(task)) : reversal.commutes(outside);
    }

    @Override
    public final void stuck(Choice choice) {
        settle(choice);
        ended = true;
        stuck++;
        findRacesOfWaiting(choice);
        over(choice);
    }

    /** A task that waits might go on if something had not happened. */
    private void findRacesOfWaiting(Choice choice) {
        for (int number = 0; number < choice.tasks(); number++) {
            Step step = choice.of(number);
            if (!step.finished() && !step.enabled()) {
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
        complete++;
        over(choice);
    }

    @Override
    public final boolean end() {
        if (!ended) {
            cut++;
        }
        while (planned > 0) {
            int last = --planned;
            asleep[last] |= 1L << taken[last];
            int task = next(last, enabled[last] & ~asleep[last]);
            if (task != Choice.NONE) {
                taken[last] = task;
                fresh = last;
                planned++;
                return true;
            }
        }
        return false;
    }

    /**
     * A new node.
     *
     * @param awake the enabled tasks that do not sleep, as bits
     * @return which of them goes, or {@link Choice#NONE}
     */
    abstract int enter(int node, Choice choice, long awake);

    /** Another task that goes at a node, or {@link Choice#NONE}. */
    abstract int next(int node, long awake);

    /** A new event has happened. */
    void happened(int event, Choice choice) {}

    /** The execution is over. */
    void over(Choice choice) {}

    final void findRaces(int event, Choice choice) {
        races.find(event, reversal -> reverse(reversal, choice));
    }

    final int events() {
        return trace.size();
    }

    /** Takes care that the reversal will be shown. */
    abstract void reverse(Reversal reversal, Choice choice);

    /** One of the tasks, best the one that has just run; NONE if there is none. */
    static int any(Choice choice, long tasks) {
        if (tasks == 0) {
            return Choice.NONE;
        }
        int current = choice.current() == Choice.NONE ? Choice.NONE : choice.enabled(choice.current()).number();
        return current != Choice.NONE && (tasks & 1L << current) != 0 ? current : Long.numberOfTrailingZeros(tasks);
    }
}
