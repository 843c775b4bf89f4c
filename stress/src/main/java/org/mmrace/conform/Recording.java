package org.mmrace.conform;

import java.util.List;

/**
 * What one kernel did in many small cases.
 *
 * @param source the file it was read from, as the user named it
 */
public record Recording(String source, List<RecordedCase> cases) {
    /** Keeps a copy of the cases. */
    public Recording {
        cases = List.copyOf(cases);
    }
}
