package org.mmrace.handover;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.script.Scenario;

/**
 * A scenario that may show what a campaign found.
 *
 * @param scenario the last operations of a few workers, on a kernel as that of the campaign
 * @param workers who each of its tasks was in the campaign
 */
record Candidate(Scenario scenario, List<String> workers) {
    /** Keeps its own copy. */
    Candidate {
        workers = List.copyOf(workers);
    }

    /** What is left of it in a smaller scenario, whose tasks have kept their names. */
    Candidate with(Scenario smaller) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < workers.size(); i++) {
            String name = scenario.tasks().get(i).name();
            if (smaller.tasks().stream().anyMatch(task -> task.name().equals(name))) {
                left.add(workers.get(i));
            }
        }
        return new Candidate(smaller, left);
    }

    /** The scenario with a comment that says who its tasks were. */
    Scenario named() {
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < workers.size(); i++) {
            tasks.add(scenario.tasks().get(i).name() + " is " + workers.get(i));
        }
        return scenario.with(draft -> draft.comment(
                List.of("Made of the last operations of a stress campaign: " + String.join(", ", tasks) + ".")));
    }
}
