package org.mmrace.op;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;

/** read(2) and write(2) with O_DIRECT: the device reaches the user's page itself ({@code iov_iter_extract_pages()}). */
public final class DirectIo {
    private final Machine machine;

    /** On {@code machine}. */
    public DirectIo(Machine machine) {
        this.machine = machine;
    }

    /** The device writes {@code value} to the page of {@code addr}: 0, or a negative errno. */
    public int read(Task task, Mm mm, long addr, long value) {
        List<Page> pages = new ArrayList<>(1);
        int got = extract(task, mm, addr, GupFlags.WRITE, pages);
        if (got == 0) {
            machine.platform().memory().setContents(task, pages.get(0).pfn(), value);
            machine.platform().folios().setDirtyLock(task, pages.get(0));
            machine.mm().gup().release(task, pages.get(0), bias());
        }
        return got;
    }

    /** The device reads the page of {@code addr} into {@code value}: 0, or a negative errno. */
    public int write(Task task, Mm mm, long addr, LocalLong value) {
        List<Page> pages = new ArrayList<>(1);
        int got = extract(task, mm, addr, 0, pages);
        if (got == 0) {
            value.set(machine.platform().memory().contents(pages.get(0).pfn()));
            machine.mm().gup().release(task, pages.get(0), bias());
        }
        return got;
    }

    private int bias() {
        return machine.config().directIoPins() ? GupFlags.PIN : GupFlags.GET;
    }

    private int extract(Task task, Mm mm, long addr, int flags, List<Page> pages) {
        int got = machine.mm().gupFast().getUserPagesFast(task, mm, addr, 1, flags | bias(), pages);
        if (got == 1) {
            return 0;
        }
        return got < 0 ? got : -Errno.EFAULT;
    }
}
