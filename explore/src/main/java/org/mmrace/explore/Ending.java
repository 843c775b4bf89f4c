package org.mmrace.explore;

import org.jspecify.annotations.Nullable;

/**
 * How an execution ended.
 *
 * @param how in one word
 * @param detail for a deadlock, a livelock and the step bound: which task stood where, with its locks; else empty
 * @param failure what a task threw that no kernel throws; null but for {@link How#FAILED}
 * @param steps how many steps happened
 * @param schedule what was decided, for {@code Replay}
 * @param trace the same number for executions that differ only in the order of steps that commute (Mazurkiewicz trace),
 *     on every JDK; 0 unless {@link Settings#traces} asked for it
 */
public record Ending(How how, String detail, @Nullable Throwable failure, int steps, Schedule schedule, long trace) {
    /** The ways an execution can end. */
    public enum How {
        /** Every task finished. */
        COMPLETE("complete"),
        /** Tasks wait for each other. */
        DEADLOCK("deadlock"),
        /** A loop that may be endless turned too often. */
        LIVELOCK("livelock"),
        /** Neither finished nor stuck after as many steps as were allowed. */
        STEP_BOUND("no end in sight"),
        /** {@link Execution#stop} was called. */
        STOPPED("stopped"),
        /** The strategy ended it, because other executions show whatever could follow. */
        REDUNDANT("redundant"),
        /** A task threw something that is not the kernel's. */
        FAILED("failed");

        private final String word;

        How(String word) {
            this.word = word;
        }

        /** What reports say. */
        public String word() {
            return word;
        }
    }

    /**
     * The same, with the name of its program in its schedule.
     *
     * @throws IllegalArgumentException when it is no such name
     */
    public Ending ofProgram(String program) {
        return new Ending(how, detail, failure, steps, schedule.of(program), trace);
    }
}
