package org.mmrace.explore.strategy;

import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/** One task after the other, in their order: who runs goes on until it has finished or must wait. */
public final class OneAfterAnother implements Strategy {
    /** No choice of its own. */
    public OneAfterAnother() {}

    @Override
    public int pick(Choice choice) {
        return Math.max(choice.current(), 0);
    }

    /** The first value. */
    @Override
    public int choose(Step chooser, int bound) {
        return 0;
    }

    @Override
    public String toString() {
        return "one after another";
    }
}
