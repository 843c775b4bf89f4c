package org.mmrace.explore;

/**
 * Decides who goes next. Called by one thread at a time. The same strategy, made with the same seed, decides the same
 * on every JDK.
 */
public interface Strategy {
    /** An execution begins. */
    default void begin() {}

    /** Whether it looks at {@link Step#functions}, which cost more than the step. */
    default boolean wantsFunctions() {
        return false;
    }

    /**
     * Two tasks or more can go on.
     *
     * @return which of the enabled steps of {@code choice} happens
     */
    int pick(Choice choice);

    /**
     * A step happens, whether there was a choice or not; before its effect.
     *
     * @param picked which of the enabled steps of {@code choice}
     */
    default void step(Choice choice, int picked) {}

    /** Every task has finished; {@code choice} has nothing to choose. */
    default void complete(Choice choice) {}

    /**
     * The execution is over.
     *
     * @return whether this strategy has another one to show; a strategy that draws lots always has
     */
    default boolean end() {
        return true;
    }
}
