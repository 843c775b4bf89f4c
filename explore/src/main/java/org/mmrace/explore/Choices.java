package org.mmrace.explore;

/**
 * What a program does not decide itself: a value that may be any of a few, such as an argument, a fault to inject or
 * which of two threads a wake-up hits. Under control ({@link ControlledKernel#choices}) the strategy decides, the
 * schedule keeps it, a replay repeats it, and an exhaustive search tries every value. On real threads any function will
 * do.
 */
@FunctionalInterface
public interface Choices {
    /**
     * Chooses, for the task that calls. No step: it touches nothing shared, and nobody else can go in between.
     *
     * @return at least 0, less than {@code bound}
     * @throws IllegalArgumentException when {@code bound} is less than 1
     * @throws IllegalStateException when no task is running that somebody decides for
     */
    int choose(int bound);

    /**
     * For implementations.
     *
     * @return {@code bound}
     * @throws IllegalArgumentException when {@code bound} is less than 1
     */
    static int checked(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("a choice is among 1 or more, not " + bound);
        }
        return bound;
    }
}
