package org.mmrace.kernel;

/** Sees each turn of a loop that may be endless, and may kill the task that runs it. */
@FunctionalInterface
public interface RetryWatch {
    /** Sees nothing. */
    RetryWatch NONE = (task, turn) -> {};

    /** {@code task} is about to retry for the {@code turn}-th time in this loop; called on its thread. */
    void retrying(Task task, int turn);
}
