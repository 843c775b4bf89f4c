package org.mmrace.explore.strategy;

import java.util.List;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Several strategies in turn, one per execution: no single one is good at every bug. A random walk finds what needs
 * many switches, PCT what needs few at the right moments, POS what hangs on the order of few accesses.
 */
public final class Portfolio implements Strategy {
    private final List<Strategy> members;
    private int turn = -1;

    /**
     * These, in turn.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Portfolio(List<Strategy> members) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a portfolio has at least one strategy");
        }
        this.members = List.copyOf(members);
    }

    /** What to look for bugs with: random walks, POS, and PCT for two to five ordering constraints. */
    public static Portfolio forBugs(long seed) {
        return new Portfolio(List.of(
                new RandomWalk(seed),
                new Pct(2, seed),
                new Pos(seed),
                new Pct(3, seed),
                new RandomWalk(~seed),
                new Pct(4, seed),
                new Pos(~seed),
                new Pct(5, seed)));
    }

    /** The strategy of the execution that runs, or ran last. */
    public Strategy current() {
        return members.get(Math.max(turn, 0));
    }

    @Override
    public void begin() {
        turn = (turn + 1) % members.size();
        current().begin();
    }

    @Override
    public boolean wantsFunctions() {
        return current().wantsFunctions();
    }

    @Override
    public int pick(Choice choice) {
        return current().pick(choice);
    }

    @Override
    public void step(Choice choice, int picked) {
        current().step(choice, picked);
    }

    @Override
    public void complete(Choice choice) {
        current().complete(choice);
    }

    @Override
    public int choose(Step chooser, int bound) {
        return current().choose(chooser, bound);
    }

    /** If all members are: taking turns makes the sample more even, not less. */
    @Override
    public boolean independent() {
        return members.stream().allMatch(Strategy::independent);
    }

    @Override
    public String toString() {
        return "portfolio";
    }
}
