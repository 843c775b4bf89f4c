package org.mmrace.check;

import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.Task;

/**
 * I37: whatever the simulated kernel complains about. Which complaints a series or fault makes legal the sink decides.
 */
public final class LogMonitor implements KernelLog {
    private final Reporter reporter;

    /** A log that hands everything to {@code sink}. */
    public LogMonitor(ViolationSink sink) {
        reporter = new Reporter(sink);
    }

    @Override
    public void warn(Task task, String function, String what) {
        reporter.report(Invariant.I37, task, "WARNING in " + function + "(): " + what);
    }

    @Override
    public void bug(Task task, String function, String what) {
        reporter.report(Invariant.I37, task, "BUG in " + function + "(): " + what);
    }

    @Override
    public void badPte(Task task, long pte, long addr) {
        reporter.report(Invariant.I37, task, "bad page-table entry " + Reporter.pte(pte) + " at " + Reporter.hex(addr));
    }
}
