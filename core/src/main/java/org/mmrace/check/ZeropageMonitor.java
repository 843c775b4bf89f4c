package org.mmrace.check;

import org.mmrace.kernel.Task;
import org.mmrace.mm.Memory;
import org.mmrace.mm.RefKind;

/**
 * I01 to I03 at the cells of the zeropage. Exact on any number of threads: every change comes with its kind, and only
 * FOLL_GET, and a handler that looks at it for a moment, may change the count, so no sum over other tasks is needed.
 */
final class ZeropageMonitor {
    private final Reporter reporter;

    ZeropageMonitor(Reporter reporter) {
        this.reporter = reporter;
    }

    void refChanged(Task task, RefKind kind, long delta, long now) {
        if (kind != RefKind.GET && kind != RefKind.TRANSIENT) {
            reporter.report(
                    Invariant.I01,
                    task,
                    "a reference of kind " + kind + " changed the zeropage's count by " + delta + " to " + now);
        } else if (now < 1) {
            reporter.report(Invariant.I01, task, "the zeropage's count fell to " + now);
        }
    }

    void mapcountChanged(Task task, long now) {
        reporter.report(Invariant.I02, task, "the zeropage's mapcount changed to " + now);
    }

    void contentsWritten(Task task, long pfn, long value) {
        if (Memory.isZero(pfn) && value != 0) {
            reporter.report(Invariant.I03, task, "the zeropage was overwritten with " + value);
        }
    }

    void stored(Task task, String where) {
        reporter.report(Invariant.I03, task, "a store reaches the zeropage through " + where);
    }
}
