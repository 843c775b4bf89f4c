package org.mmrace.verify;

import java.time.Duration;
import java.util.List;

/**
 * What is about to run.
 *
 * @param checker by whom
 * @param tests all that must run
 * @param choice what was chosen for the time there is, in one line
 * @param expected about how long it will take; zero when nobody knows
 */
public record VerifyPlan(Checker checker, List<PlannedTest> tests, String choice, Duration expected) {
    /** Copies the list. */
    public VerifyPlan {
        tests = List.copyOf(tests);
    }
}
