package org.mmrace.explore;

/** A moment at which something happens next: what every task stands at, and which of them can go on. */
public final class Choice {
    /** The value of {@link #current()} when the task that ran last cannot go on. */
    public static final int NONE = -1;

    private final Step[] all;
    private final Step[] enabled;
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

    /** Which of the enabled steps is that of the task with the highest priority; the first of several. */
    public int highest(double[] priorityOfTask) {
        int best = 0;
        for (int i = 1; i < size; i++) {
            if (priorityOfTask[enabled[i].number()] > priorityOfTask[enabled[best].number()]) {
                best = i;
            }
        }
        return best;
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
