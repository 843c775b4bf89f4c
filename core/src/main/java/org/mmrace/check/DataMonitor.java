package org.mmrace.check;

import org.mmrace.kernel.Task;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Page;
import org.mmrace.mm.Platform;

/**
 * I34: what was stored through a shared mapping of a file, and what was read into a page that reclaim drops, is not
 * lost.
 *
 * <p>A store makes its frame <i>unsaved</i>, writing it back makes it saved. Exact on any number of threads: the
 * cleaner flushes, and so waits for the stores under way, before it saves, and no write fault can come before it has
 * unlocked the folio or entry. A page that leaves the cache as clean is unmapped and has no references but the cache's
 * and the remover's, so no store is under way; {@link QuiescentAudit} looks at what stays.
 */
final class DataMonitor {
    private final Platform platform;
    private final Reporter reporter;

    DataMonitor(Platform platform, Reporter reporter) {
        this.platform = platform;
        this.reporter = reporter;
    }

    void userStore(long pfn) {
        Page page = Memory.isZero(pfn) ? null : platform.memory().page(pfn);
        if (page != null && platform.folios().isWrittenBack(page)) {
            page.unsaved().set(1);
        }
    }

    void captured(Page page) {
        page.unsaved().set(0);
    }

    void droppingClean(Task task, Page page) {
        if (page.unsaved().get() != 0) {
            reporter.report(
                    Invariant.I34, task, page + " leaves the page cache as clean, and a store to it was never written");
        }
    }

    /** GUP-fast takes its reference before it looks at the entry again, so one that counts is seen after the clear. */
    void discarding(Task task, Page page, boolean unused) {
        if (!unused) {
            reporter.report(
                    Invariant.I34,
                    task,
                    "reclaim drops what " + page + " holds, and somebody else has a reference to write it by");
        }
    }
}
