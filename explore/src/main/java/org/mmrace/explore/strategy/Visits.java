package org.mmrace.explore.strategy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Step;

/** Which task has been at which place in one execution, how often, and when first. */
final class Visits {
    /**
     * What happened at one place.
     *
     * @param times how many steps of each task were about it
     * @param first which step of each task was its first one there, from 0 on; -1 for a task that was not there
     */
    record Visited(long[] times, long[] first) {
        boolean shared() {
            return Arrays.stream(first).filter(at -> at >= 0).count() > 1;
        }
    }

    private final Map<Place, Visited> visited = new LinkedHashMap<>();
    private final long[] steps;

    /** None, by any of so many tasks. */
    Visits(int tasks) {
        steps = new long[tasks];
    }

    /** How many steps task {@code number} has done. */
    long steps(int number) {
        return steps[number];
    }

    /** {@code step} happens at {@code place}. */
    void happens(Step step, @Nullable Place place) {
        int number = step.number();
        if (place != null) {
            Visited here = visited.computeIfAbsent(place, key -> nobody());
            if (here.times[number]++ == 0) {
                here.first[number] = steps[number];
            }
        }
        steps[number]++;
    }

    private Visited nobody() {
        long[] first = new long[steps.length];
        Arrays.fill(first, -1);
        return new Visited(new long[steps.length], first);
    }

    /** The places where more than one task was, in the order in which somebody was there first. */
    List<Visited> shared() {
        return visited.values().stream().filter(Visited::shared).toList();
    }
}
