package org.mmrace.explore.strategy;

import org.jspecify.annotations.Nullable;
import org.mmrace.explore.Choice;
import org.mmrace.explore.Step;
import org.mmrace.kernel.Verb;

/**
 * Notices that a task turns a loop again and again while others, who could end it, do not get their turn. Every number
 * of turns is a trace of its own, so that there would be no end of them.
 */
public final class Loops {
    /** So many turns without anybody between are enough: what the task saw has not changed. */
    public static final int TURNS_MAX = 4;

    /** So many times the same place is read in a row in such a loop that does not reschedule. */
    private static final int READS_MAX = 32;

    /** So many times are reason to let others go, where there is a choice. */
    private static final int READS_MANY = 8;

    private int task = Choice.NONE;
    private int turns;
    private int reads;
    private @Nullable Object lastObject;
    private int lastIndex;

    /** Nothing has happened. */
    public Loops() {}

    /** An execution begins. */
    public void begin() {
        task = Choice.NONE;
        turns = 0;
        reads = 0;
        lastObject = null;
    }

    /** {@code step} happens. */
    public void happens(Step step) {
        if (step.number() != task) {
            task = step.number();
            turns = 0;
            reads = 0;
        }
        turns += step.verb() == Verb.COND_RESCHED ? 1 : 0;
        boolean again = step.object() == lastObject && step.index() == lastIndex && !step.writes();
        reads = again ? reads + 1 : 0;
        lastObject = step.object();
        lastIndex = step.index();
    }

    /** Whether others should go rather than {@code step}, of the task that ran last. */
    public boolean shouldYield(Step step) {
        return step.verb() == Verb.COND_RESCHED || reads >= READS_MANY;
    }

    /** Whether the task that ran last should not go on now if another one can go. */
    public boolean isUnfair() {
        return turns >= TURNS_MAX || reads >= READS_MAX;
    }
}
