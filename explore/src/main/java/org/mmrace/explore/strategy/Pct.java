package org.mmrace.explore.strategy;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010): tasks have random priorities, the highest that
 * can go on goes, and at {@code depth - 1} random moments the task that would go drops behind all others. Finds a bug
 * that needs {@code depth} ordering constraints with probability 1/(n k^(depth-1)) at least, for n tasks and k moments.
 *
 * <p>A moment is a choice between two tasks or more, and k is the largest number of them seen so far, which makes it
 * smaller than the number of steps that the paper uses. A task that turns in place drops behind too, or it would turn
 * for ever.
 */
public final class Pct implements Strategy {
    /** The paper stops at about this depth; each further one divides the probability by k. */
    public static final int DEPTH_MAX = 5;

    /** For the first execution. */
    private static final int MOMENTS_GUESS = 64;

    private final int depth;
    private final int steps;
    private final SplittableRandom random;
    private @Nullable Priorities priorities;
    private int[] changes = {};
    private int moments;
    private int momentsMost;

    private Pct(int depth, long seed, int steps) {
        if (depth < 1 || depth > DEPTH_MAX) {
            throw new IllegalArgumentException("a bug has a depth from 1 to " + DEPTH_MAX + ", not " + depth);
        }
        this.depth = depth;
        this.steps = steps;
        this.random = new SplittableRandom(seed);
    }

    /**
     * For bugs of this depth.
     *
     * @throws IllegalArgumentException when {@code depth} is not between 1 and {@link #DEPTH_MAX}
     */
    public Pct(int depth, long seed) {
        this(depth, seed, 0);
    }

    /**
     * As in the paper: a moment is a step, whether there was a choice or not, and k is {@code steps}.
     *
     * @throws IllegalArgumentException when {@code depth} is not between 1 and {@link #DEPTH_MAX}, or {@code steps} not
     *     positive
     */
    public static Pct overSteps(int depth, int steps, long seed) {
        if (steps < 1) {
            throw new IllegalArgumentException("an execution has 1 step or more, not " + steps);
        }
        return new Pct(depth, seed, steps);
    }

    @Override
    public void begin() {
        priorities = null;
        momentsMost = Math.max(momentsMost, moments);
        moments = 0;
        int learned = momentsMost == 0 ? MOMENTS_GUESS : momentsMost;
        int range = steps > 0 ? steps : learned;
        changes = random.ints(1, range + 1)
                .distinct()
                .limit(Math.min(depth - 1, range))
                .toArray();
    }

    /** A random permutation of the numbers above those that tasks drop to, once in each execution. */
    private Priorities priorities(Choice choice) {
        Priorities now = priorities;
        if (now == null) {
            double[] ofTask = new double[choice.tasks()];
            for (int i = 0; i < ofTask.length; i++) {
                int j = random.nextInt(i + 1);
                ofTask[i] = ofTask[j];
                ofTask[j] = depth + i;
            }
            now = new Priorities(ofTask);
            priorities = now;
        }
        return now;
    }

    @Override
    public int pick(Choice choice) {
        Priorities now = priorities(choice);
        if (steps == 0) {
            moment(choice, now, now.highest(choice));
        }
        return now.pick(choice);
    }

    @Override
    public void step(Choice choice, int picked) {
        Priorities now = priorities(choice);
        if (steps > 0) {
            moment(choice, now, picked);
        }
    }

    /** One more moment; at some of them the task that is {@code going} drops. */
    private void moment(Choice choice, Priorities now, int going) {
        moments++;
        for (int i = 0; i < changes.length; i++) {
            if (changes[i] == moments) {
                now.set(choice.enabled(going).number(), 1 + i);
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
        return "pct:" + depth;
    }
}
