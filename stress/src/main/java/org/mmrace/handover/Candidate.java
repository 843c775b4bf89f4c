package org.mmrace.handover;

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
}
