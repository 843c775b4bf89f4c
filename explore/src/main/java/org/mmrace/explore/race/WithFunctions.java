package org.mmrace.explore.race;

import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/** The same strategy, which asks for the functions that tasks are in, for the sake of those who listen to the steps. */
public final class WithFunctions implements Strategy {
    private final Strategy strategy;

    /** Does what {@code strategy} does. */
    public WithFunctions(Strategy strategy) {
        this.strategy = strategy;
    }

    @Override
    public void begin(String program) {
        strategy.begin(program);
    }

    @Override
    public boolean wantsFunctions() {
        return true;
    }

    @Override
    public int pick(Choice choice) {
        return strategy.pick(choice);
    }

    @Override
    public int choose(Step chooser, int bound) {
        return strategy.choose(chooser, bound);
    }

    @Override
    public void step(Choice choice, int picked) {
        strategy.step(choice, picked);
    }

    @Override
    public void complete(Choice choice) {
        strategy.complete(choice);
    }

    @Override
    public boolean end() {
        return strategy.end();
    }

    @Override
    public boolean independent() {
        return strategy.independent();
    }

    @Override
    public String proved(long executions) {
        return strategy.proved(executions);
    }

    @Override
    public String toString() {
        return strategy.toString();
    }
}
