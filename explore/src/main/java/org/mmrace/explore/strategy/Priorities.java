package org.mmrace.explore.strategy;

import org.mmrace.explore.Choice;

/**
 * Priorities of tasks in one execution: the highest that can go on goes. A task that turns a loop drops behind all
 * others, or it would turn for ever.
 */
final class Priorities {
    private final double[] ofTask;
    private long lowest;

    /**
     * Of task 0, 1 and so on.
     *
     * @param ofTask not negative; kept
     */
    Priorities(double[] ofTask) {
        this.ofTask = ofTask;
    }

    /** Task {@code number} has this priority from now on, which is not negative. */
    void set(int number, double priority) {
        ofTask[number] = priority;
    }

    /** Which of the enabled steps is that of the task with the highest priority; the first of several. */
    int highest(Choice choice) {
        int best = 0;
        for (int i = 1; i < choice.size(); i++) {
            if (of(choice, i) > of(choice, best)) {
                best = i;
            }
        }
        return best;
    }

    private double of(Choice choice, int i) {
        return ofTask[choice.enabled(i).number()];
    }

    /** Which of the enabled steps happens; the highest, behind which its task drops first if others should go. */
    int pick(Choice choice) {
        int best = highest(choice);
        if (choice.shouldYield(best)) {
            ofTask[choice.enabled(best).number()] = --lowest;
            best = highest(choice);
        }
        return best;
    }
}
