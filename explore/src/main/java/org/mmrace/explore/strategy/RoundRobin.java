package org.mmrace.explore.strategy;

import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Round robin: each task goes for so many steps, its quantum, then the next one. Without a quantum it shows quanta of
 * 1, 2, 3 and so on, until no task is interrupted any more. Each task is once the first one. Few schedules, always the
 * same: a baseline, and what a machine without bad luck does.
 */
public final class RoundRobin implements Strategy {
    private static final int NOBODY = -1;

    private final boolean fixed;
    private int quantum;
    private int first;
    private int tasks;
    private int holder = NOBODY;
    private int used;
    private boolean interrupts;

    private RoundRobin(boolean fixed, int quantum) {
        this.fixed = fixed;
        this.quantum = quantum;
    }

    /** All quanta, from 1 on. */
    public static RoundRobin ofAllQuanta() {
        return new RoundRobin(false, 1);
    }

    /**
     * A quantum of {@code steps}.
     *
     * @throws IllegalArgumentException when it is not positive
     */
    public static RoundRobin of(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("a quantum has 1 step or more, not " + steps);
        }
        return new RoundRobin(true, steps);
    }

    @Override
    public void begin() {
        holder = NOBODY;
        used = 0;
    }

    @Override
    public int pick(Choice choice) {
        int mine = choice.enabledOf(holder);
        if (mine != Choice.NONE && used < quantum) {
            return mine;
        }
        interrupts |= mine != Choice.NONE;
        int from = holder == NOBODY ? first : holder + 1;
        for (int i = 0; i < choice.size(); i++) {
            if (choice.enabled(i).number() >= from) {
                return i;
            }
        }
        return 0;
    }

    @Override
    public void step(Choice choice, int picked) {
        tasks = choice.tasks();
        int number = choice.enabled(picked).number();
        used = number == holder ? used + 1 : 1;
        holder = number;
    }

    /** Always the first value. */
    @Override
    public int choose(Step chooser, int bound) {
        return 0;
    }

    @Override
    public boolean end() {
        first++;
        if (first < tasks) {
            return true;
        }
        boolean more = interrupts && !fixed;
        first = 0;
        quantum += more ? 1 : 0;
        interrupts = false;
        return more;
    }

    @Override
    public String toString() {
        return fixed ? "rr:" + quantum : "rr";
    }
}
