package org.mmrace.explore.strategy;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Selectively uniform random walk (Zhao, Wolff, Mathur, Roychoudhury, ASPLOS 2025): samples the order of the steps at
 * one place uniformly, as {@link Urw} does with all, and lets the other steps happen as they come. The task that shall
 * be next at the place is drawn by how often each one is still to be there; the others wait in front of it.
 *
 * <p>The places, one after the other in each execution, are those where two tasks or more were in the last one, and the
 * counts are from there too. A place has no name that lasts: it is known by which step of a task was the first one
 * there.
 */
public final class Surw implements Strategy {
    private static final int NOBODY = -1;

    private final SplittableRandom random;
    private final BitSet waiting = new BitSet();
    private @Nullable Visits visits;
    private Visits.@Nullable Visited chosen;
    private @Nullable Place place;
    private long[] left = {};
    private double[] weights = {};
    private long executions;
    private int intended = NOBODY;

    /** Decided by {@code seed}. */
    public Surw(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public void begin() {
        List<Visits.Visited> shared = visits == null ? List.of() : visits.shared();
        chosen = shared.isEmpty() ? null : shared.get((int) (executions % shared.size()));
        left = chosen == null ? new long[0] : chosen.times().clone();
        executions++;
        visits = null;
        place = null;
        intended = NOBODY;
        waiting.clear();
    }

    private Visits visits(Choice choice) {
        Visits now = visits;
        if (now == null) {
            now = new Visits(choice.tasks());
            visits = now;
            weights = new double[choice.tasks()];
        }
        return now;
    }

    /** Whether {@code step} is at the place of this execution, which may become known by this. */
    private boolean isThere(Choice choice, Step step) {
        Visits.Visited wanted = chosen;
        Place here = Place.of(step);
        if (wanted == null || here == null || step.number() >= left.length) {
            return false;
        }
        if (place == null && wanted.first()[step.number()] == visits(choice).steps(step.number())) {
            place = here;
        }
        return here.equals(place);
    }

    @Override
    public int pick(Choice choice) {
        while (true) {
            int picked = anyNotWaiting(choice);
            Step step = choice.enabled(picked);
            if (!waiting.isEmpty() && choice.shouldYield(picked)) { // it may turn until one that waits has gone
                waiting.clear();
                intended = NOBODY;
                return random.nextInt(choice.size());
            }
            if (!isThere(choice, step)) {
                return picked;
            }
            if (intended == NOBODY) {
                intended = drawIntended(choice);
            }
            if (intended == step.number()) {
                return picked;
            }
            waiting.set(step.number());
        }
    }

    private int anyNotWaiting(Choice choice) {
        int free = 0;
        for (int i = 0; i < choice.size(); i++) {
            free += waiting.get(choice.enabled(i).number()) ? 0 : 1;
        }
        if (free == 0) { // the intended one has to wait for a lock, or will not come there
            waiting.clear();
            intended = NOBODY;
            return random.nextInt(choice.size());
        }
        int skip = random.nextInt(free);
        int i = 0;
        while (waiting.get(choice.enabled(i).number()) || skip-- > 0) {
            i++;
        }
        return i;
    }

    private int drawIntended(Choice choice) {
        for (int i = 0; i < choice.size(); i++) {
            int number = choice.enabled(i).number();
            boolean atPlace = isThere(choice, choice.enabled(i));
            weights[i] = number < left.length ? Math.max(atPlace ? 1 : 0, left[number]) : 0;
        }
        return choice.enabled(Lots.draw(random, weights, choice.size())).number();
    }

    @Override
    public void step(Choice choice, int picked) {
        Step step = choice.enabled(picked);
        if (isThere(choice, step)) {
            left[step.number()] = Math.max(0, left[step.number()] - 1);
            if (step.number() == intended) {
                intended = NOBODY;
                waiting.clear();
            }
        }
        visits(choice).happens(step, Place.of(step));
    }

    @Override
    public int choose(Step chooser, int bound) {
        return random.nextInt(bound);
    }

    @Override
    public String toString() {
        return "surw";
    }
}
