package org.mmrace.explore.strategy;

import org.mmrace.explore.Choice;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.Standing;
import org.mmrace.explore.Strategy;

/**
 * Does again what a {@link Schedule} says. Behind its end the task that runs goes on, and then the first that can. May
 * be used for several executions.
 */
public final class Replay implements Strategy {
    private final Schedule schedule;
    private int next;

    /** A replay of {@code schedule}. */
    public Replay(Schedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public void begin() {
        next = 0;
    }

    /** @throws DivergedException when the task that the schedule names cannot go on: it is of another program */
    @Override
    public int pick(Choice choice) {
        if (next == schedule.size()) {
            return Math.max(choice.current(), 0);
        }
        int number = schedule.task(next++);
        int picked = choice.enabledOf(number);
        if (picked == Choice.NONE) {
            String stand = number >= choice.tasks() ? "does not exist" : Standing.of(choice.of(number));
            throw new DivergedException("decision " + next + " of " + schedule + ": task " + number + " " + stand);
        }
        return picked;
    }

    @Override
    public String toString() {
        return "replay";
    }
}
