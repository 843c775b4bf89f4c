package org.mmrace.explore.scenario;

import java.util.BitSet;
import java.util.List;
import org.mmrace.explore.Choice;
import org.mmrace.explore.DivergedException;
import org.mmrace.explore.Standing;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;
import org.mmrace.script.StepPattern;
import org.mmrace.script.Turn;

/**
 * One interleaving that somebody has written down: the tasks run as its turns say. Behind the last one the task that
 * runs goes on, and then the first that can. May be used for several executions.
 */
public final class ScriptedInterleaving implements Strategy {
    private static final int DONE = -1;

    private final List<Turn> turns;
    private final boolean functions;

    /** The tasks that stand where a turn of theirs has ended; their next one looks further. */
    private final BitSet stopped = new BitSet();

    private int at;
    private int seen;
    private boolean passing;
    private int picked;

    /** The interleaving that {@code turns} describe. */
    public ScriptedInterleaving(List<Turn> turns) {
        this.turns = List.copyOf(turns);
        this.functions = turns.stream().anyMatch(turn -> turn.until() != null);
    }

    @Override
    public void begin() {
        at = 0;
        seen = 0;
        passing = false;
        picked = DONE;
        stopped.clear();
    }

    @Override
    public boolean wantsFunctions() {
        return functions;
    }

    /** @throws DivergedException when the task whose turn it is cannot go on */
    @Override
    public int pick(Choice choice) {
        picked = follow(choice);
        return picked;
    }

    /** The first value: scripts say nothing about values. */
    @Override
    public int choose(Step chooser, int bound) {
        return 0;
    }

    /** A step without a choice must be the script's all the same. */
    @Override
    public void step(Choice choice, int happens) {
        if (picked == DONE) {
            int wanted = follow(choice);
            if (wanted != happens) {
                throw new IllegalStateException("a choice of one step has no step " + wanted);
            }
        }
        picked = DONE;
    }

    /** @throws DivergedException when a task has finished without coming to where its turn ends */
    @Override
    public void complete(Choice choice) {
        follow(choice);
    }

    private int follow(Choice choice) {
        while (at < turns.size()) {
            Turn turn = turns.get(at);
            Step step = stepOf(turn, choice);
            if (isDone(turn, step)) {
                at++;
                seen = 0;
                passing = false;
            } else {
                int found = choice.enabledOf(step.number());
                if (found == Choice.NONE) {
                    throw stuck(turn, "it " + Standing.of(step) + "; all: " + Standing.ofAll(choice));
                }
                stopped.clear(step.number());
                return found;
            }
        }
        return Math.max(choice.current(), 0);
    }

    /** Whether the turn ends here, with its task about to do {@code step}. */
    private boolean isDone(Turn turn, Step step) {
        StepPattern until = turn.until();
        if (passing) {
            return true;
        }
        if (step.finished()) {
            if (until != null) {
                throw stuck(turn, "it has finished, and was at such a step " + seen + " times");
            }
            return true;
        }
        boolean counts = until != null
                && until.describes(step.verb(), step.lock(), step.functions())
                && (turn.after() || !stopped.get(step.number()));
        if (until == null || !counts || ++seen < until.occurrence()) {
            return false;
        }
        passing = turn.after();
        if (!passing) {
            stopped.set(step.number());
        }
        return !passing;
    }

    private Step stepOf(Turn turn, Choice choice) {
        for (int number = 0; number < choice.tasks(); number++) {
            if (choice.of(number).task().toString().equals(turn.task())) {
                return choice.of(number);
            }
        }
        throw stuck(turn, "there is no such task");
    }

    private DivergedException stuck(Turn turn, String why) {
        return new DivergedException(
                "turn " + (at + 1) + " of the script, \"" + turn + "\", cannot be followed: " + why);
    }

    @Override
    public String toString() {
        return "scripted";
    }
}
