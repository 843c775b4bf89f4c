package org.mmrace.explore.strategy;

import org.mmrace.explore.Choice;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.Standing;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Does again what a {@link Schedule} says. Behind its end the task that runs goes on, then the first that can, and
 * values are 0. May be used for several executions.
 */
public final class Replay implements Strategy {
    private final Schedule schedule;
    private int next;

    /** A replay of {@code schedule}. */
    public Replay(Schedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public void begin(String program) {
        schedule.requireProgram(program);
        next = 0;
    }

    /** @throws DivergedException when the task that the schedule names cannot go on: it is of another program */
    @Override
    public int pick(Choice choice) {
        if (next == schedule.size()) {
            return Math.max(choice.current(), 0);
        }
        int decision = next++;
        if (schedule.isData(decision)) {
            throw diverged("it is the value " + schedule.data(decision) + ", and the program asks for a task");
        }
        int number = schedule.task(decision);
        int picked = choice.enabledOf(number);
        if (picked == Choice.NONE) {
            String stand = number >= choice.tasks() ? "does not exist" : Standing.of(choice.of(number));
            throw diverged("task " + number + " " + stand);
        }
        return picked;
    }

    /** @throws DivergedException when the schedule has no value here, or one that is too high */
    @Override
    public int choose(Step chooser, int bound) {
        if (next == schedule.size()) {
            return 0;
        }
        int decision = next++;
        if (!schedule.isData(decision)) {
            throw diverged("it is task " + schedule.task(decision) + ", and " + chooser.task() + " asks for a value");
        }
        int value = schedule.data(decision);
        if (value >= bound) {
            throw diverged(chooser.task() + " asks for a value less than " + bound + ", and it is " + value);
        }
        return value;
    }

    private DivergedException diverged(String why) {
        return new DivergedException("decision " + next + " of " + schedule + ": " + why);
    }

    @Override
    public String toString() {
        return "replay";
    }
}
