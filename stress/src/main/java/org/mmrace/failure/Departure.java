package org.mmrace.failure;

import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/** Follows one strategy for some steps, and then another one. */
final class Departure implements Strategy {
    private final Strategy first;
    private final int steps;
    private final Strategy then;
    private int happened;

    /** {@code then} decides behind the first {@code steps} steps; it sees all of them. */
    Departure(Strategy first, int steps, Strategy then) {
        this.first = first;
        this.steps = steps;
        this.then = then;
    }

    private Strategy current() {
        return happened < steps ? first : then;
    }

    @Override
    public void begin(String program) {
        happened = 0;
        first.begin(program);
        then.begin(program);
    }

    @Override
    public boolean wantsFunctions() {
        return first.wantsFunctions() || then.wantsFunctions();
    }

    @Override
    public int pick(Choice choice) {
        return current().pick(choice);
    }

    @Override
    public int choose(Step chooser, int bound) {
        return current().choose(chooser, bound);
    }

    @Override
    public void step(Choice choice, int picked) {
        first.step(choice, picked);
        then.step(choice, picked);
        happened++;
    }

    @Override
    public void complete(Choice choice) {
        current().complete(choice);
    }

    @Override
    public String toString() {
        return first + " for " + steps + " steps, then " + then;
    }
}
