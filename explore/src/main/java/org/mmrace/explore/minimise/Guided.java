package org.mmrace.explore.minimise;

import java.util.Map;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.Step;
import org.mmrace.explore.Strategy;

/**
 * Follows an {@link Outline} as far as it can: a switch to a task that cannot go on is left out. Apart from the
 * switches the task that runs goes on, and when it cannot, the first that can. May be used for several executions.
 */
final class Guided implements Strategy {
    /** Who has run before the first step. */
    static final int NOBODY = -1;

    private final Map<Outline.Place, Integer> targets;
    private int[] steps = new int[Schedule.TASKS_MAX];
    private int last = NOBODY;

    Guided(Outline outline) {
        this.targets = outline.targets();
    }

    @Override
    public void begin() {
        steps = new int[Schedule.TASKS_MAX];
        last = NOBODY;
    }

    @Override
    public int pick(Choice choice) {
        Integer target = targets.get(new Outline.Place(last, last == NOBODY ? 0 : steps[last]));
        int wanted = target == null ? Choice.NONE : choice.enabledOf(target);
        return wanted == Choice.NONE ? Math.max(choice.current(), 0) : wanted;
    }

    @Override
    public int choose(Step chooser, int bound) {
        return 0;
    }

    @Override
    public void step(Choice choice, int picked) {
        last = choice.enabled(picked).number();
        steps[last]++;
    }

    @Override
    public String toString() {
        return "guided";
    }
}
