package org.mmrace.explore.strategy;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Choice;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.Standing;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/** Does again what a {@link Schedule} says. May be used for several executions. */
public final class Replay implements Strategy {
    private final Schedule schedule;
    private final boolean whole;
    private int next;
    private @Nullable Choice latest;

    /**
     * A replay of {@code schedule}, which is that of a whole execution: a program that has something to decide behind
     * its end is another one, and what it would do then says nothing about the execution that was meant.
     */
    public Replay(Schedule schedule) {
        this(schedule, true);
    }

    private Replay(Schedule schedule, boolean whole) {
        this.schedule = schedule;
        this.whole = whole;
    }

    /**
     * A replay of an execution that was cut short, as by a search to which the rest was redundant, or that is to be
     * followed in a changed program. Behind the end of {@code schedule} the task that runs goes on, then the first that
     * can, and values are 0.
     */
    public static Replay ofPrefix(Schedule schedule) {
        return new Replay(schedule, false);
    }

    @Override
    public void begin(String program) {
        schedule.requireProgram(program);
        next = 0;
        latest = null;
    }

    /** @throws DivergedException when the task that the schedule names cannot go on: it is of another program */
    @Override
    public int pick(Choice choice) {
        if (next == schedule.size()) {
            if (whole) {
                throw over(Standing.ofAll(choice));
            }
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
        String asks = chooser.task() + " asks for a value less than " + bound;
        if (next == schedule.size()) {
            if (whole) {
                throw over(asks + others(chooser));
            }
            return 0;
        }
        int decision = next++;
        if (!schedule.isData(decision)) {
            throw diverged("it is task " + schedule.task(decision) + ", and " + chooser.task() + " asks for a value");
        }
        int value = schedule.data(decision);
        if (value >= bound) {
            throw diverged(asks + ", and it is " + value);
        }
        return value;
    }

    @Override
    public void step(Choice choice, int picked) {
        latest = choice;
    }

    /** Where the others stand; nothing while tasks run to their first step. */
    private String others(Step chooser) {
        StringJoiner text = new StringJoiner("; ", "; ", "").setEmptyValue("");
        for (int number = 0; latest != null && number < latest.tasks(); number++) {
            Step step = latest.of(number);
            if (number != chooser.number() && !step.finished()) {
                text.add(step.task() + " " + Standing.of(step));
            }
        }
        return text.toString();
    }

    private DivergedException over(String standing) {
        int made = next++;
        return diverged("the schedule is over after " + made + (made == 1 ? " decision" : " decisions")
                + ", and the program goes on: " + standing);
    }

    private DivergedException diverged(String why) {
        return new DivergedException("decision " + next + " of " + schedule + ": " + why);
    }

    @Override
    public String toString() {
        return "replay";
    }
}
