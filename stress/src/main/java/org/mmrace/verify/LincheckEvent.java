package org.mmrace.verify;

import java.time.Duration;
import java.util.List;

/**
 * One test or container that JUnit has started.
 *
 * @param uniqueId of JUnit
 * @param name as JUnit displays it
 * @param test whether it is a test, not a container
 * @param status how it ended; {@link Status#STARTED} when it did not
 * @param time wall time
 * @param message the stack trace with its message, or why it was skipped; may be empty
 * @param assertion whether what it threw is an {@link AssertionError}
 * @param numbers that the test published
 */
record LincheckEvent(
        String uniqueId,
        String name,
        boolean test,
        Status status,
        Duration time,
        String message,
        boolean assertion,
        List<Outcome> numbers) {
    LincheckEvent {
        numbers = List.copyOf(numbers);
    }

    /** As JUnit says it. */
    enum Status {
        STARTED,
        SUCCESSFUL,
        FAILED,
        ABORTED,
        SKIPPED
    }

    /** Whether it is {@code id} or one of the invocations of it. */
    boolean within(String id) {
        return uniqueId.equals(id) || uniqueId.startsWith(id + "/");
    }

    /** Whether {@code id} is it or in it. */
    boolean contains(String id) {
        return id.equals(uniqueId) || id.startsWith(uniqueId + "/");
    }
}
