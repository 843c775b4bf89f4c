package org.mmrace.hunt;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.explore.TraceCounts;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.script.Verdict;

/**
 * What came out.
 *
 * @param request what was explored
 * @param executions how many there were
 * @param steps of all of them together
 * @param elapsed how long they took
 * @param complete whether the strategy has shown everything that it can show
 * @param found the execution that was not clean; null if all were
 * @param traces how many different ones there were; null where that proves nothing
 * @param proved what is known now of executions that nobody has seen, in one line; of interest when nothing was found
 * @param interrupted whether somebody stopped it
 */
public record HuntResult(
        HuntRequest request,
        long executions,
        long steps,
        Duration elapsed,
        boolean complete,
        @Nullable Found found,
        @Nullable TraceCounts traces,
        String proved,
        boolean interrupted) {
    /**
     * An execution that was not clean.
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
        return new HuntResult(
                request, executions, steps, elapsed, complete, found, traces, proved + "; " + before, interrupted);
    }

    /** What the bug of the scenario may break, as the scenario says. */
    public List<String> named() {
        return request.scenario().violates();
    }

    /** Whether what was found is what the scenario names. */
    public boolean showsNamed() {
        return found != null && found.verdict().showsOneOf(named());
    }

    /** Whether it is as it must be: what the scenario names with its fault, and nothing without. */
    public boolean asExpected() {
        return request.faultIsOn() ? showsNamed() : found == null;
    }

    /** How many executions there were per second. */
    public long executionsPerSecond() {
        return Math.round(executions * 1e9 / Math.max(1, elapsed.toNanos()));
    }
}
