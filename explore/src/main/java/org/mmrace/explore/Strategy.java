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
     * One task or more can go on; called before {@link #pick} and {@link #step}.
     *
     * @return whether the execution ends here, with {@link Ending.How#REDUNDANT}, because others show whatever could
     *     follow
     */
    default boolean stops(Choice choice) {
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

    /**
     * The last step, by now under way, has read a place beside those that it was known to touch: an observer has
     * looked, or callbacks ran.
     *
     * @param index which part of {@code object}
     */
    default void touched(Object object, int index) {}

    /** Tasks wait for each other, so that none can go on; {@code choice} has what they stand at. */
    default void stuck(Choice choice) {}

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
