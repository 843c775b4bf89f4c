package org.mmrace.explore;

/** A moment at which something happens next: what every task stands at, and which of them can go on. */
public final class Choice {
    /** The value of {@link #current()} when the task that ran last cannot go on. */
    public static final int NONE = -1;

    /**
     * So many turns of a loop in a row are enough: what the task saw has not changed. More than one, because whoever
     * ends an execution for it loses what could have followed.
     */
    public static final int TURNS_MAX = 4;

    private final Step[] all;
    private final Step[] enabled;
    private final WaitLoop loop = new WaitLoop();
    private int size;
    private int current = NONE;

    /** Among {@code steps}, which it keeps. */
    Choice(Step[] steps) {
        all = steps;
        enabled = new Step[all.length];
    }

    /** Looks again who can go on, after a step of task {@code lastNumber}, or none. */
    void refresh(int lastNumber) {
        size = 0;
        current = NONE;
        for (Step step : all) {
            if (step.enabled()) {
                if (step.number() == lastNumber) {
                    current = size;
                }
                enabled[size++] = step;
            }
        }
    }

    /** The {@code i}-th enabled step happens. */
    void happens(int i) {
        loop.happens(enabled[i]);
    }

    /** Whether no task has a step left. */
    boolean allFinished() {
        for (Step step : all) {
            if (!step.finished()) {
                return false;
            }
        }
        return true;
    }

    /** How many tasks can go on. */
    public int size() {
        return size;
    }

    /** The {@code i}-th step that can happen, in the order of the tasks' numbers. */
    public Step enabled(int i) {
        return enabled[i];
    }

    /** Which of the enabled steps is that of the task that ran last, or {@link #NONE}. */
    public int current() {
        return current;
    }

    /** Which of the enabled steps is that of task {@code number}, or {@link #NONE}. */
    public int enabledOf(int number) {
        for (int i = 0; i < size; i++) {
            if (enabled[i].number() == number) {
                return i;
            }
        }
        return NONE;
    }

    /**
     * Whether others should go rather than the {@code i}-th step that can happen, because its task turns a loop: it
     * reschedules, it has just failed to get a lock that it does not wait for, or it does the same thing all the time.
     * A strategy that lets the same task go on again and again has to let others go then, or the loop never ends: what
     * it waits for is another task's to do.
     */
    public boolean shouldYield(int i) {
        return loop.waits(enabled[i]);
    }

    /**
     * Whether the task that ran last has turned a loop {@link #TURNS_MAX} times in a row, and others can go. Every
     * number of turns is a schedule and a trace of its own, so a search that shows all of them ends the execution here,
     * or there would be no end of them.
     */
    public boolean isUnfair() {
        return size > 1 && loop.turns() >= TURNS_MAX;
    }

    /** How many tasks there are. */
    public int tasks() {
        return all.length;
    }

    /** What task {@code number} stands at, whether it can go on or not; or that it has finished. */
    public Step of(int number) {
        return all[number];
    }
}
