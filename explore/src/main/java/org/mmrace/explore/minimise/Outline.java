package org.mmrace.explore.minimise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an execution switches from one task to another one, so that it can be followed loosely when the program or some
 * of the switches are no longer the same.
 *
 * @param preemptions the switches away from a task that could have gone on
 * @param others who goes next where a task has finished or must wait, for those that are not the first that can
 */
record Outline(List<Switch> preemptions, List<Switch> others) {
    /** No preemptions: one task after the other. */
    static final Outline PLAIN = new Outline(List.of(), List.of());

    /**
     * One switch.
     *
     * @param from the number of the task that is left
     * @param steps how many steps it has made until then
     * @param to the number of the task that goes next
     */
    record Switch(int from, int steps, int to) {
        /** What it is about, without the task that goes next. */
        Place place() {
            return new Place(from, steps);
        }
    }

    /**
     * A moment of an execution.
     *
     * @param task which has just run
     * @param steps how many steps it has made
     */
    record Place(int task, int steps) {}

    Outline {
        preemptions = List.copyOf(preemptions);
        others = List.copyOf(others);
    }

    /** With these preemptions only. */
    Outline withPreemptions(List<Switch> some) {
        return new Outline(some, others);
    }

    /** Without any choice where a task has finished or must wait. */
    Outline withoutOthers() {
        return new Outline(preemptions, List.of());
    }

    /** Where it switches to whom. */
    Map<Place, Integer> targets() {
        Map<Place, Integer> targets = new LinkedHashMap<>();
        others.forEach(each -> targets.put(each.place(), each.to()));
        preemptions.forEach(each -> targets.put(each.place(), each.to()));
        return targets;
    }

    /** What is left of it when task {@code number} does not exist any more, and those behind it move up. */
    Outline withoutTask(int number) {
        return new Outline(withoutTask(preemptions, number), withoutTask(others, number));
    }

    private static List<Switch> withoutTask(List<Switch> switches, int number) {
        List<Switch> left = new ArrayList<>();
        for (Switch each : switches) {
            if (each.from() != number && each.to() != number) {
                left.add(new Switch(
                        each.from() - (each.from() > number ? 1 : 0),
                        each.steps(),
                        each.to() - (each.to() > number ? 1 : 0)));
            }
        }
        return left;
    }
}
