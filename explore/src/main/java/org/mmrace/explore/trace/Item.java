package org.mmrace.explore.trace;

/** What a rendering of a trace shows, one after the other. */
sealed interface Item {
    /** The number of the task whose column it is in. */
    int task();

    /** A step in full. */
    record Shown(TraceStep step) implements Item {
        @Override
        public int task() {
            return step.task();
        }
    }

    /**
     * Steps that are left out because nothing hangs on them.
     *
     * @param steps how many
     */
    record Folded(int task, int steps) implements Item {}

    /**
     * The last steps above, again and again.
     *
     * @param loop how many of them are one turn, and how many turns there are, those above included
     */
    record Repeated(int task, Repetition loop) implements Item {}
}
