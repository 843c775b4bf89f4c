package org.mmrace.op;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;

/** System calls that reach a process's memory through GUP: process_vm_readv(2), process_vm_writev(2), /proc/PID/mem. */
public final class RemoteAccess {
    private final Machine machine;

    /** On {@code machine}. */
    public RemoteAccess(Machine machine) {
        this.machine = machine;
    }

    /** {@code process_vm_readv()} of the page of {@code addr}: 0, and the data in {@code value}; or -EFAULT. */
    public int processVmReadv(Task task, Mm mm, long addr, LocalLong value) {
        return read(task, mm, addr, GupFlags.PIN, value);
    }

    /** {@code process_vm_writev()}: 0 or -EFAULT. */
    public int processVmWritev(Task task, Mm mm, long addr, long value) {
        return write(task, mm, addr, GupFlags.PIN | GupFlags.WRITE, value);
    }

    /** A read of /proc/PID/mem, which ignores missing rights: 0, or -EIO. */
    public int procMemRead(Task task, Mm mm, long addr, LocalLong value) {
        return read(task, mm, addr, GupFlags.GET | GupFlags.FORCE, value) == 0 ? 0 : -Errno.EIO;
    }

    /** A write of /proc/PID/mem, which ignores missing rights: 0, or -EIO. */
    public int procMemWrite(Task task, Mm mm, long addr, long value) {
        return write(task, mm, addr, GupFlags.GET | GupFlags.FORCE | GupFlags.WRITE, value) == 0 ? 0 : -Errno.EIO;
    }

    private int read(Task task, Mm mm, long addr, int flags, LocalLong value) {
        List<Page> pages = new ArrayList<>(1);
        int got = machine.mm().gup().getUserPages(task, mm, addr, 1, flags | GupFlags.UNLOCKABLE, pages);
        if (got < 1) {
            return got;
        }
        value.set(machine.platform().memory().contents(pages.get(0).pfn()));
        machine.mm().gup().release(task, pages.get(0), flags);
        return 0;
    }

    private int write(Task task, Mm mm, long addr, int flags, long value) {
        List<Page> pages = new ArrayList<>(1);
        int got = machine.mm().gup().getUserPages(task, mm, addr, 1, flags | GupFlags.UNLOCKABLE, pages);
        if (got < 1) {
            return got;
        }
        machine.platform().memory().setContents(task, pages.get(0).pfn(), value);
        machine.platform().folios().setDirtyLock(task, pages.get(0));
        machine.mm().gup().release(task, pages.get(0), flags);
        return 0;
    }
}
