package org.mmrace.handover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mmrace.check.Violation;
import org.mmrace.script.Scenario;
import org.mmrace.stress.LoggedOperation;
import org.mmrace.stress.MemoryState;
import org.mmrace.stress.OpResult;
import org.mmrace.stress.Operation;
import org.mmrace.stress.Slot;
import org.mmrace.stress.StressResult;

/**
 * The scenarios that may show what a campaign found, the simplest first: the last operation of each worker, then more
 * of them, on fresh memory and in the state that earlier operations made. A pure function of the result.
 */
final class Candidates {
    /** How many of their last operations the workers do. */
    private static final int[] DEPTHS = {1, 2, 3, 5};

    private static final int MOST = 600;

    private Candidates() {}

    /** All of them for the first violation of {@code result}, which has one. */
    static List<Candidate> of(StressResult result) {
        Violation violation = result.violations().get(0);
        Log log = new Log(result.lastOperations(), result.memory());
        if (log.isEmpty()) {
            log = new Log(Map.of("worker-0", boot()), MemoryState.NONE);
        }
        String name = "stress-" + result.config().seed();
        List<Moment> moments = new Moments(log, violation).all();
        Map<Scenario, Candidate> candidates = new LinkedHashMap<>();
        for (int depth : DEPTHS) {
            for (Before before : Before.values()) {
                for (Moment moment : moments) {
                    for (Kernels kernel : Kernels.of(result.config().kernel())) {
                        for (Handler handler : Handler.values()) {
                            Candidate candidate = new CandidateBuilder(
                                            log, kernel, violation.invariant().name(), name, handler)
                                    .build(moment, depth, before);
                            if (candidate != null && candidates.size() < MOST) {
                                candidates.putIfAbsent(candidate.scenario(), candidate);
                            }
                        }
                    }
                }
            }
        }
        return List.copyOf(candidates.values());
    }

    /** A campaign begins with a process that maps everything; that is in no log. */
    private static List<LoggedOperation> boot() {
        List<LoggedOperation> operations = new ArrayList<>();
        for (Slot slot : Slot.values()) {
            operations.add(new LoggedOperation(
                    Operation.MMAP, OpResult.OK, 1, 0, slot.start(), slot.pages(), 0, -slot.ordinal() - 1, 1));
        }
        return operations;
    }
}
