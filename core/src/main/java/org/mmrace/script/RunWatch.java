package org.mmrace.script;

import org.mmrace.check.Invariant;
import org.mmrace.check.LockOrder;
import org.mmrace.check.LogMonitor;
import org.mmrace.check.Violation;
import org.mmrace.check.ViolationSink;
import org.mmrace.kernel.KernelLog;
import org.mmrace.kernel.LockObserver;
import org.mmrace.kernel.RetryWatch;

/**
 * What the kernel of a run must be built with.
 *
 * @param cpus how many CPUs it needs at least
 * @param log where it prints
 * @param locks sees its locks
 * @param retries sees loops that may be endless
 */
public record RunWatch(int cpus, KernelLog log, LockObserver locks, RetryWatch retries) {
    /** Far more than any rival can cause: each turn of ours must meet a change of theirs. */
    private static final int TURNS_MAX = 100_000;

    static RunWatch of(int cpus, ViolationSink sink) {
        RetryWatch retries = (task, turn) -> {
            if (turn == TURNS_MAX) {
                sink.violated(new Violation(Invariant.I32, "a page fault was retried " + turn + " times", task));
                task.kill();
            }
        };
        return new RunWatch(cpus, new LogMonitor(sink), new LockOrder(sink), retries);
    }
}
