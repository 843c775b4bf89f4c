package org.mmrace.explore;

import org.mmrace.kernel.Task;

/**
 * A task and what it does.
 *
 * @param task on a CPU that no other task of the execution uses
 * @param body runs on a thread of the scheduler's; reaches shared state through the kernel's verbs only
 */
public record TaskBody(Task task, Runnable body) {}
