package org.mmrace.kernel;

/** Sees each turn of a loop that may be endless, and may kill the task that runs it. */
@FunctionalInterface
public interface RetryWatch {
    /** Sees nothing. */
    RetryWatch NONE = task -> {};

    /** {@code task} is about to retry; called on its thread. */
    void retrying(Task task);
}
