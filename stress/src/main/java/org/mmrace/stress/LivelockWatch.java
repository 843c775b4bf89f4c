package org.mmrace.stress;

import org.mmrace.check.Invariant;
import org.mmrace.check.Violation;
import org.mmrace.check.ViolationSink;
import org.mmrace.kernel.RetryWatch;
import org.mmrace.kernel.Task;

/** I32: no fault and no GUP is retried for ever. */
record LivelockWatch(ViolationSink sink) implements RetryWatch {
    /** Far more than any rival can cause: each turn of ours must meet a change of theirs. */
    private static final int TURNS_MAX = 500_000;

    @Override
    public void retrying(Task task, int turn) {
        if (turn == TURNS_MAX) {
            sink.violated(new Violation(Invariant.I32, "a page fault was retried " + turn + " times", task));
            task.kill();
        }
    }
}
