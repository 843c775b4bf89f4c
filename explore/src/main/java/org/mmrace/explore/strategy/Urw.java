package org.mmrace.explore.strategy;

import java.util.SplittableRandom;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Uniform random walk (Zhao, Wolff, Mathur, Roychoudhury, ASPLOS 2025): a task is as likely to go as it has steps left.
 * When the numbers of steps are right and no task ever waits, every interleaving is as likely as any other. Here the
 * numbers are the means of the executions seen so far, as far as the hundredth: later ones are all alike. The first
 * execution is a {@link RandomWalk}.
 */
public final class Urw implements Strategy {
    private final SplittableRandom random;
    private final Profile profile;
    private double[] weights = {};

    private Urw(long seed, Profile profile) {
        this.random = new SplittableRandom(seed);
        this.profile = profile;
    }

    /** Decided by {@code seed}. */
    public Urw(long seed) {
        this(seed, new Profile());
    }

    /** One that expects {@code steps} of task 0, 1 and so on in every execution, and learns nothing. */
    public static Urw expecting(long seed, long... steps) {
        return new Urw(seed, new Profile(steps));
    }

    @Override
    public void begin() {
        profile.begin();
    }

    @Override
    public int pick(Choice choice) {
        if (weights.length < choice.size()) {
            weights = new double[choice.tasks()];
        }
        for (int i = 0; i < choice.size(); i++) {
            weights[i] = profile.left(choice.enabled(i).number());
        }
        return Lots.draw(random, weights, choice.size());
    }

    @Override
    public void step(Choice choice, int picked) {
        profile.happens(choice, choice.enabled(picked).number());
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
        return "urw";
    }
}
