package org.mmrace.explore.strategy;

import java.util.SplittableRandom;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/** At each step each task that can go on is as likely as the others. */
public final class RandomWalk implements Strategy {
    private final SplittableRandom random;

    /** A walk that {@code seed} decides. */
    public RandomWalk(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public int pick(Choice choice) {
        return random.nextInt(choice.size());
    }

    @Override
    public int choose(Step chooser, int bound) {
        return random.nextInt(bound);
    }

    @Override
    public boolean independent() {
        return true;
    }

    @Override
    public String toString() {
        return "random";
    }
}
