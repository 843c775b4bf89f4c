package org.mmrace.verify;

import java.io.IOException;

/** One checker in a process of its own. */
interface CheckerRun {
    /**
     * Asks the checker for its tests, and chooses how long each may take. Without a selection of tests there is always
     * a canary in the plan: one that is missing did not run.
     *
     * @throws VerifyException when the checker cannot be started or asked
     */
    VerifyPlan plan() throws VerifyException, IOException;

    /** Runs them. */
    VerifyReport run(VerifyPlan plan, VerifyListener listener) throws IOException;

    /** Ends the run; what there is by then is reported. May be called by another thread, and before the run. */
    void interrupt();
}
