package org.mmrace.op;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Task;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Mm;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.Vma;

/** {@code IORING_REGISTER_BUFFERS} of one page: a long-term write pin (io_uring/rsrc.c). */
public final class IoUring {
    private static final int FLAGS = GupFlags.PIN | GupFlags.LONGTERM | GupFlags.WRITE;

    private final Machine machine;

    /** On {@code machine}. */
    public IoUring(Machine machine) {
        this.machine = machine;
    }

    /**
     * {@code io_pin_pages()}.
     *
     * @param pinned receives the page
     * @return 0 or a negative errno; before 6.5 -EOPNOTSUPP for pages of files, once they are pinned and unpinned again
     */
    public int register(Task task, Mm mm, long addr, List<Page> pinned) {
        List<Page> pages = new ArrayList<>(1);
        if (machine.config().ioUringPinsFast()) {
            int got = machine.mm().gupFast().getUserPagesFast(task, mm, addr, 1, FLAGS, pages);
            if (got < 1) {
                return got;
            }
        } else {
            int got = machine.mm().gup().getUserPages(task, mm, addr, 1, FLAGS, pages);
            if (got < 1) {
                return got;
            }
            if (mapsForbiddenFile(mm.tree().lookup(addr))) {
                pages.forEach(page -> unregister(task, page));
                return -Errno.EOPNOTSUPP;
            }
        }
        pinned.addAll(pages);
        return 0;
    }

    private static boolean mapsForbiddenFile(@Nullable Vma vma) {
        OpenFile file = vma == null ? null : vma.file();
        return file != null && !file.mapping().isShmem();
    }

    /** Gives the pin back. */
    public void unregister(Task task, Page page) {
        machine.mm().gup().release(task, page, FLAGS);
    }
}
