package org.mmrace.explore.strategy;

import java.util.SplittableRandom;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Partial-order sampling (Yuan, Yang, Gu, CAV 2018): each step has a random priority from when its task comes to it;
 * the highest one that can happen happens; then the steps of other tasks whose order with it may matter draw again.
 */
public final class Pos implements Strategy {
    private final SplittableRandom random;
    private double[] priorities = {};

    /** Decided by {@code seed}. */
    public Pos(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public void begin() {
        priorities = new double[0];
    }

    private void drawAll(Choice choice) {
        if (priorities.length == 0) {
            priorities = random.doubles(choice.tasks()).toArray();
        }
    }

    @Override
    public int pick(Choice choice) {
        drawAll(choice);
        return choice.highest(priorities);
    }

    @Override
    public void step(Choice choice, int picked) {
        drawAll(choice);
        Step happens = choice.enabled(picked);
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
