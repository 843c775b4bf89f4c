package org.mmrace.explore.strategy;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Partial-order sampling (Yuan, Yang, Gu, CAV 2018): each step has a random priority from when its task comes to it;
 * the highest one that can happen happens; then the steps of other tasks whose order with it may matter draw again. Who
 * turns in place drops behind, or it might turn for ever.
 */
public final class Pos implements Strategy {
    private final SplittableRandom random;
    private @Nullable Priorities priorities;

    /** Decided by {@code seed}. */
    public Pos(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public void begin() {
        priorities = null;
    }

    private Priorities priorities(Choice choice) {
        Priorities now = priorities;
        if (now == null) {
            now = new Priorities(random.doubles(choice.tasks()).toArray());
            priorities = now;
        }
        return now;
    }

    @Override
    public int pick(Choice choice) {
        return priorities(choice).pick(choice);
    }

    @Override
    public void step(Choice choice, int picked) {
        Priorities now = priorities(choice);
        Step happens = choice.enabled(picked);
        for (int number = 0; number < choice.tasks(); number++) {
            Step other = choice.of(number);
            if (!other.finished() && other.dependsOn(happens)) {
                now.set(number, random.nextDouble());
            }
        }
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
        return "pos";
    }
}
