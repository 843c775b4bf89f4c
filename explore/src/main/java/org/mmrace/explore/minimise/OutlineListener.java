package org.mmrace.explore.minimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.Step;
import org.mmrace.explore.scenario.RunListener;

/** Finds the outline of an execution while it runs. */
final class OutlineListener implements RunListener {
    private final int[] steps = new int[Schedule.TASKS_MAX];
    private final List<Outline.Switch> preemptions = new ArrayList<>();
    private final List<Outline.Switch> others = new ArrayList<>();
    private @Nullable Step last;

    @Override
    public void happens(Step step) {
        Step left = last;
        if (left != null && left.number() != step.number()) {
            Outline.Switch now = new Outline.Switch(left.number(), steps[left.number()], step.number());
            (left.enabled() ? preemptions : others).add(now);
        } else if (left == null && step.number() > 0) {
            others.add(new Outline.Switch(Guided.NOBODY, 0, step.number()));
        }
        steps[step.number()]++;
        last = step;
    }

    /** The outline of what has happened. */
    Outline outline() {
        return new Outline(preemptions, others);
    }

    /** How many steps each task has made. */
    List<Integer> steps() {
        return Arrays.stream(steps).boxed().toList();
    }
}
