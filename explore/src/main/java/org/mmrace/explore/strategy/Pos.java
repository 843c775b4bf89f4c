package org.mmrace.explore.strategy;

import java.util.SplittableRandom;
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
    private final Spins spins = new Spins();
    private double[] priorities = {};
    private long lowest;

    /** Decided by {@code seed}. */
    public Pos(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public void begin() {
        priorities = new double[0];
        lowest = 0;
        spins.begin();
    }

    private void drawAll(Choice choice) {
        if (priorities.length == 0) {
            priorities = random.doubles(choice.tasks()).toArray();
        }
    }

    @Override
    public int pick(Choice choice) {
        drawAll(choice);
        int best = choice.highest(priorities);
        if (spins.shouldYield(choice, best)) {
            priorities[choice.enabled(best).number()] = --lowest;
            best = choice.highest(priorities);
        }
        return best;
    }

    @Override
    public void step(Choice choice, int picked) {
        drawAll(choice);
        Step happens = choice.enabled(picked);
        spins.happens(happens);
        for (int number = 0; number < choice.tasks(); number++) {
            Step other = choice.of(number);
            if (!other.finished() && other.dependsOn(happens)) {
                priorities[number] = random.nextDouble();
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
