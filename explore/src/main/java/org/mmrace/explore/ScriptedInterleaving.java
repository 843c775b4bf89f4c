package org.mmrace.explore;

import java.util.BitSet;
import java.util.List;

/**
 * One interleaving that somebody has written down: the tasks run as its moves say. Behind the last one the task that
 * runs goes on, and then the first that can. May be used for several executions.
 */
public final class ScriptedInterleaving implements Strategy {
    private static final int DONE = -1;

    private final List<Move> moves;
    private final boolean functions;

    /** The tasks that stand where a move of theirs has ended; their next move looks further. */
    private final BitSet stopped = new BitSet();

    private int at;
    private int seen;
    private boolean passing;
    private int picked;

    /** The interleaving that {@code moves} describe. */
    public ScriptedInterleaving(List<Move> moves) {
        this.moves = List.copyOf(moves);
        this.functions = moves.stream().anyMatch(move -> move.until() != null);
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

    /** @throws DivergedException when the task whose move it is cannot go on */
    @Override
    public int pick(Choice choice) {
        picked = follow(choice);
        return picked;
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

    /** @throws DivergedException when a task has finished without coming to where its move ends */
    @Override
    public void complete(Choice choice) {
        follow(choice);
    }

    private int follow(Choice choice) {
        while (at < moves.size()) {
            Move move = moves.get(at);
            Step step = stepOf(move, choice);
            if (isDone(move, step)) {
                at++;
                seen = 0;
                passing = false;
            } else {
                int found = choice.enabledOf(step.number());
                if (found == Choice.NONE) {
                    throw stuck(move, "it " + Standing.of(step) + "; all: " + Standing.ofAll(choice));
                }
                stopped.clear(step.number());
                return found;
            }
        }
        return Math.max(choice.current(), 0);
    }

    /** Whether the move ends here, with its task about to do {@code step}. */
    private boolean isDone(Move move, Step step) {
        StepPattern until = move.until();
        if (passing) {
            return true;
        }
        if (step.finished()) {
            if (until != null) {
                throw stuck(move, "it has finished, and was at such a step " + seen + " times");
            }
            return true;
        }
        boolean counts = until != null && until.describes(step) && !stopped.get(step.number());
        if (until == null || !counts || ++seen < until.occurrence()) {
            return false;
        }
        passing = move.after();
        if (!passing) {
            stopped.set(step.number());
        }
        return !passing;
    }

    private Step stepOf(Move move, Choice choice) {
        for (int number = 0; number < choice.tasks(); number++) {
            if (choice.of(number).task().toString().equals(move.task())) {
                return choice.of(number);
            }
        }
        throw stuck(move, "there is no such task");
    }

    private DivergedException stuck(Move move, String why) {
        return new DivergedException(
                "move " + (at + 1) + " of the script, \"" + move + "\", cannot be followed: " + why);
    }
}
