package org.mmrace.hunt;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.TraceCounts;
import org.mmrace.explore.choose.Coverage;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.script.Verdict;

/**
 * What came out.
 *
 * @param request what was explored
 * @param executions how many there were
 * @param steps of all of them together
 * @param elapsed how long they took
 * @param shown what it has shown: {@link Coverage#ALL} if nothing else can happen, {@link Coverage#BOUNDED} for all
 *     that can with so many preemptions; the others prove nothing
 * @param found the execution that was not clean, or had a data race that was looked for; null if there is none
 * @param traces how many different ones there were; null where that proves nothing
 * @param allTraces how many there are, if all were shown, and none of them was bad
 * @param proved what is known now of executions that nobody has seen, in one line; of interest when nothing was found
 * @param interrupted whether somebody stopped it
 * @param watched data races and circles of locks, if they were looked for
 */
public record HuntResult(
        HuntRequest request,
        long executions,
        long steps,
        Duration elapsed,
        Coverage shown,
        @Nullable Found found,
        @Nullable TraceCounts traces,
        OptionalLong allTraces,
        String proved,
        boolean interrupted,
        Watched watched) {
    /**
     * An execution that was not clean, or had a data race.
     *
     * @param way the strategy that went this way
     * @param execution the how many-th it was, from 1 on
     * @param run what happened
     */
    public record Found(String way, long execution, ControlledRun run) {
        /** What was wrong. */
        public Verdict verdict() {
            return run.verdict();
        }
    }

    /** The same, and what was proved before. */
    HuntResult knowing(String before) {
        return with(proved + "; " + before, watched);
    }

    /** The same, and what else was seen. */
    HuntResult seeing(Watched seen) {
        return with(proved, seen);
    }

    private HuntResult with(String newProved, Watched newWatched) {
        return new HuntResult(
                request,
                executions,
                steps,
                elapsed,
                shown,
                found,
                traces,
                allTraces,
                newProved,
                interrupted,
                newWatched);
    }

    /** Whether the strategy has shown everything that there is, perhaps within its bound. */
    public boolean complete() {
        return shown == Coverage.ALL || shown == Coverage.BOUNDED;
    }

    /** What the bug of the scenario may break, as the scenario says. */
    public List<String> named() {
        return request.scenario().violates();
    }

    /** Whether what was found is what the scenario names. */
    public boolean showsNamed() {
        return found != null && found.verdict().showsOneOf(named());
    }

    /** Whether something was found: an execution, or a circle of locks. */
    public boolean isFinding() {
        return found != null || !watched.potentialDeadlocks().isEmpty();
    }

    /** Whether somebody stopped it before it found anything: whether it is as it must be is not known. */
    public boolean isUndecided() {
        return interrupted && found == null;
    }

    /**
     * Whether it is as it must be: what the scenario names with its fault, and nothing without. Of no meaning if it
     * {@link #isUndecided}.
     */
    public boolean asExpected() {
        return request.faultIsOn() ? showsNamed() : !isFinding();
    }

    /** How many executions there were per second. */
    public long executionsPerSecond() {
        return Math.round(executions * 1e9 / Math.max(1, elapsed.toNanos()));
    }
}
