package org.mmrace.explore.strategy;

import java.util.List;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Several strategies, one per execution in a fixed rotation: no single one is good at every bug. A random walk finds
 * what needs many switches, PCT what needs few at the right moments, POS what hangs on the order of few accesses, URW
 * what needs one task to be far ahead.
 */
public final class Portfolio implements Strategy {
    /** Of 20 executions, random walk has 8, POS 6, PCT for each depth from 2 to 5 one, URW 2. */
    private static final int[] ROTATION = {0, 2, 1, 0, 6, 0, 1, 3, 0, 1, 0, 4, 1, 0, 6, 1, 0, 5, 0, 1};

    private final List<Strategy> members;
    private int turn = -1;

    private Portfolio(List<Strategy> members) {
        this.members = members;
    }

    /** What to look for bugs with: random walks, POS, PCT for two to five ordering constraints, and URW. */
    public static Portfolio forBugs(long seed) {
        return new Portfolio(List.of(
                new RandomWalk(seed),
                new Pos(seed),
                new Pct(2, seed),
                new Pct(3, seed),
                new Pct(4, seed),
                new Pct(5, seed),
                new Urw(seed)));
    }

    /** The strategy of the execution that runs, or ran last. */
    public Strategy current() {
        return members.get(ROTATION[Math.max(turn, 0)]);
    }

    @Override
    public void begin() {
        turn = (turn + 1) % ROTATION.length;
        current().begin();
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
