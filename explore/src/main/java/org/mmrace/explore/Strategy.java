package org.mmrace.explore;

import java.util.OptionalLong;

/**
 * Decides who goes next. Called by one thread at a time. The same strategy, made with the same seed, decides the same
 * on every JDK.
 */
public interface Strategy {
    /**
     * An execution of {@code program} begins.
     *
     * @param program as {@link Subject#hash}
     * @throws StaleScheduleException when the strategy knows what to do in another program only
     */
    default void begin(String program) {
        begin();
    }

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
     * A task asks {@link Choices}.
     *
     * @param chooser the step that the task did last; of a task that has done none, any
     * @param bound 2 or more
     * @return at least 0, less than {@code bound}
     * @throws IllegalStateException when this strategy cannot do that
     */
    default int choose(Step chooser, int bound) {
        throw new IllegalStateException("strategy " + this + " chooses tasks, no values");
    }

    /**
     * A step happens, whether there was a choice or not; before its effect.
     *
     * @param picked which of the enabled steps of {@code choice}
     */
    default void step(Choice choice, int picked) {}

    /**
     * Whether {@link #touched} is called for what observers look at and for ghosts, and not only for what RCU looks at.
     */
    default boolean wantsObserved() {
        return false;
    }

    /**
     * The last step, by now under way, touches a place beside those that it was known to touch: an observer looks, a
     * ghost changes, or callbacks run.
     *
     * @param index which part of {@code object}
     * @param writes whether the place changes
     */
    default void touched(Object object, int index, boolean writes) {}

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

    /**
     * Whether its executions are independent and alike, so that many of them say something about the next one: what
     * draws lots, and learns nothing.
     */
    default boolean independent() {
        return false;
    }

    /**
     * What is proved when this strategy has shown everything that it can, in that many executions, as a noun phrase:
     * {@code "all 84 schedules with at most 1 preemption"}. Of interest after {@link #end} was false.
     */
    default String proved(long executions) {
        return "";
    }

    /**
     * How many traces there are, if this strategy has shown all of them, each once, and nothing was cut off; of
     * interest after {@link #end} was false.
     */
    default OptionalLong allTraces() {
        return OptionalLong.empty();
    }
}
