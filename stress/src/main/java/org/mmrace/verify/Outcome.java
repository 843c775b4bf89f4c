package org.mmrace.verify;

/**
 * One outcome of a test.
 *
 * @param id what the actors and the arbiter saw, such as {@code 1, 0}
 * @param count how often
 * @param expectation what the test says about it
 * @param description the order of events that leads there; may be empty
 */
public record Outcome(String id, long count, Expectation expectation, String description) {}
