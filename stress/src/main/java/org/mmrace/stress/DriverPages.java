package org.mmrace.stress;

import org.jspecify.annotations.Nullable;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.PageKind;
import org.mmrace.mm.RefKind;

/**
 * Pages that a driver allocates, maps, and forgets: whatever maps them keeps them, and their frames are soon used
 * again.
 */
final class DriverPages {
    private DriverPages() {}

    /** A page with one reference, the driver's; null when memory is exhausted. */
    static @Nullable Page fresh(Worker worker) {
        return worker.machine().platform().memory().alloc(worker.task(), PageKind.DRIVER);
    }

    /** The driver is done with it. The zeropage was never the driver's. */
    static void drop(Worker worker, Page page) {
        if (!Memory.isZero(page)) {
            worker.machine().platform().folios().put(worker.task(), page, RefKind.OWNER);
        }
    }
}
