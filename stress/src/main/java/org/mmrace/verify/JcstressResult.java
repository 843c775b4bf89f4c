package org.mmrace.verify;

import java.util.List;

/**
 * One test in one configuration of the JVM.
 *
 * @param test its name
 * @param status {@code NORMAL}, or what went wrong, as jcstress calls it
 * @param outcomes what was seen and what might have been
 * @param messages of jcstress and, when something went wrong, of the JVM
 */
record JcstressResult(String test, String status, List<Outcome> outcomes, List<String> messages) {
    private static final String NORMAL = "NORMAL";

    JcstressResult {
        outcomes = List.copyOf(outcomes);
        messages = List.copyOf(messages);
    }

    boolean normal() {
        return status.equals(NORMAL);
    }

    /** A forbidden outcome, or anything but a normal end. */
    boolean failed() {
        return !normal()
                || outcomes.stream()
                        .anyMatch(outcome -> outcome.expectation() == Expectation.FORBIDDEN && outcome.count() > 0);
    }
}
