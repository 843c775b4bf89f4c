package org.mmrace.explore.strategy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;
import org.mmrace.kernel.Verb;

/**
 * Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010): tasks have random priorities, the highest that
 * can go on goes, and at {@code depth - 1} random moments the task that would go drops behind all others. Finds a bug
 * that needs {@code depth} ordering constraints with probability 1/(n k^(depth-1)) at least, for n tasks and k choices.
 * k is the largest number of choices seen so far. Who reschedules in a loop drops behind, or it would loop for ever.
 */
public final class Pct implements Strategy {
    /** For the first execution. */
    private static final int CHOICES_GUESS = 64;

    private final int depth;
    private final SplittableRandom random;
    private double[] priorities = {};
    private int[] changes = {};
    private int choices;
    private int choicesMost;
    private long lowest;

    /**
     * For bugs of this depth.
     *
     * @throws IllegalArgumentException when {@code depth} is not positive
     */
    public Pct(int depth, long seed) {
        if (depth < 1) {
            throw new IllegalArgumentException("a bug has a depth of 1 or more, not " + depth);
        }
        this.depth = depth;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void begin() {
        priorities = new double[0];
        choicesMost = Math.max(choicesMost, choices);
        choices = 0;
        lowest = 0;
        int range = choicesMost == 0 ? CHOICES_GUESS : choicesMost;
        changes = random.ints(1, range + 1)
                .distinct()
                .limit(Math.min(depth - 1, range))
                .toArray();
    }

    /** A random permutation of the numbers above those that tasks drop to. */
    private void drawPriorities(int tasks) {
        priorities = new double[tasks];
        for (int i = 0; i < tasks; i++) {
            int j = random.nextInt(i + 1);
            priorities[i] = priorities[j];
            priorities[j] = depth + i;
        }
    }

    @Override
    public int pick(Choice choice) {
        if (priorities.length == 0) {
            drawPriorities(choice.tasks());
        }
        choices++;
        int best = choice.highest(priorities);
        int change = Arrays.stream(changes).boxed().toList().indexOf(choices);
        if (change >= 0) {
            priorities[choice.enabled(best).number()] = 1 + change;
            best = choice.highest(priorities);
        }
        if (choice.enabled(best).verb() == Verb.COND_RESCHED) {
            priorities[choice.enabled(best).number()] = --lowest;
            best = choice.highest(priorities);
        }
        return best;
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
        return "PCT(" + depth + ")";
    }
}
