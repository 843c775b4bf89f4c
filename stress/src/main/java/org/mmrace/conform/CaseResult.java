package org.mmrace.conform;

import java.util.List;

/**
 * One case after its replay.
 *
 * @param differences none when the model did what was recorded
 */
public record CaseResult(RecordedCase recorded, List<Difference> differences) {
    /** Keeps a copy of the differences. */
    public CaseResult {
        differences = List.copyOf(differences);
    }

    /** The model did what was recorded. */
    public boolean isEqual() {
        return differences.isEmpty();
    }

    /** What was being done when a difference showed: an operation, {@code mmap} or {@code exit}. */
    String opOf(Difference difference) {
        int step = difference.step();
        if (step < 0) {
            return "mmap";
        }
        return step < recorded.steps().size() ? recorded.steps().get(step).op().term() : "exit";
    }

    /** Operation and field, without saying the same word twice. */
    String nameOf(Difference difference) {
        String op = opOf(difference);
        String field = difference.field();
        return field.equals(op) || field.startsWith(op + ".") ? field : op + " " + field;
    }
}
