package org.mmrace.workers;

/**
 * An execution that was looked for.
 *
 * @param by the strategy that went this way
 * @param execution the how many-th of its worker it was, from 1 on
 * @param schedule as {@link org.mmrace.explore.Schedule#toString} wrote it
 */
public record WorkerFind(String by, long execution, String schedule) {}
