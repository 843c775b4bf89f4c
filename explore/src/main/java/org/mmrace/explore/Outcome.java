package org.mmrace.explore;

import org.mmrace.explore.Ending.How;

/**
 * What one run of a small program has come to.
 *
 * @param ending how it ended
 * @param problem what is wrong with it, in one sentence; empty if nothing is
 */
public record Outcome(Ending ending, String problem) {
    /** Whether something is wrong: any ending but a complete or redundant one, a failure, a warning, or a check. */
    public boolean bad() {
        return !problem.isEmpty();
    }

    static Outcome of(Ending ending, String logged, String failedCheck) {
        if (ending.how() == How.FAILED) {
            return new Outcome(ending, ending.detail() + ": " + ending.failure());
        }
        if (!logged.isEmpty()) {
            return new Outcome(ending, logged);
        }
        if (ending.how() != How.COMPLETE && ending.how() != How.REDUNDANT) {
            String detail = ending.detail().isEmpty() ? "" : ": " + ending.detail();
            return new Outcome(ending, ending.how().word() + detail);
        }
        return new Outcome(ending, failedCheck);
    }

    @Override
    public String toString() {
        return bad() ? problem : ending.how().word();
    }
}
