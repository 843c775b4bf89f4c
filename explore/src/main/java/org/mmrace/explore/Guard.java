package org.mmrace.explore;

/** What a step waits for: a predicate over the contents of the places that the step touches. */
public interface Guard {
    /** Whether it holds now. */
    boolean holds();

    /**
     * Whether it holds when the places of the step, in their order, contain {@code values} as {@link Access#contents}
     * gives them.
     */
    boolean holds(long[] values);
}
