package org.mmrace.conform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Task;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.op.IoUring;
import org.mmrace.op.Machine;

/** Recorded steps that get or pin pages: the module's GUP calls, vmsplice(2), io_uring. */
final class ReplayGup {
    private static final long SPLICED_BYTES = 16;

    private final Machine machine;
    private final Task task;
    private final Mm mm;
    private final Gauges gauges;
    private final IoUring ioUring;
    private final HeldReferences byModule;
    private final HeldReferences byPipe;
    private final HeldReferences byIoUring;

    ReplayGup(ReplayedProcess process, IoUring ioUring) {
        this.machine = process.machine();
        this.task = process.task();
        this.mm = process.mm();
        this.gauges = process.gauges();
        this.ioUring = ioUring;
        this.byModule = new HeldReferences(machine);
        this.byPipe = new HeldReferences(machine);
        this.byIoUring = new HeldReferences(machine);
    }

    void run(RecordedStep step, long addr, Map<String, @Nullable Object> fields) {
        switch (step.op()) {
            case VMSPLICE -> fields.put("ret", vmsplice(addr));
            case VMSPLICE_RELEASE -> {
                fields.put("ret", SPLICED_BYTES);
                fields.put("first_byte", byPipe.releaseAll(task));
            }
            case GUP -> gup(step, addr, fields);
            case GUP_RELEASE -> byModule.releaseAll(task);
            default -> fields.put("ret", ioUring(step, addr));
        }
    }

    private Object vmsplice(long addr) {
        List<Page> pages = new ArrayList<>();
        int got = machine.mm().gupFast().getUserPagesFast(task, mm, addr, 1, GupFlags.GET, pages);
        byPipe.hold(pages, GupFlags.GET);
        return got == 1 ? (Object) SPLICED_BYTES : Errno.name(got);
    }

    private void gup(RecordedStep step, long addr, Map<String, @Nullable Object> fields) {
        int flags = step.flags().stream().mapToInt(ReplayGup::bit).reduce(0, (a, b) -> a | b);
        long before = gauges.zeroRef();
        List<Page> pages = new ArrayList<>();
        int got = step.fast()
                ? machine.mm().gupFast().getUserPagesFast(task, mm, addr, 1, flags, pages)
                : machine.mm().gup().getUserPages(task, mm, addr, 1, flags, pages);
        fields.put("ret", ReplayDriver.ErrnoResult.of(got));
        fields.put("got_zeropage", !pages.isEmpty() && Memory.isZero(pages.get(0)));
        fields.put("zero_ref_while_held", gauges.zeroRef() - before);
        byModule.hold(pages, flags);
        if (!step.hold()) {
            byModule.releaseAll(task);
        }
    }

    private static int bit(GupFlag flag) {
        return switch (flag) {
            case FOLL_GET -> GupFlags.GET;
            case FOLL_PIN -> GupFlags.PIN;
            case FOLL_WRITE -> GupFlags.WRITE;
            case FOLL_FORCE -> GupFlags.FORCE;
            case FOLL_LONGTERM -> GupFlags.LONGTERM;
        };
    }

    private Object ioUring(RecordedStep step, long addr) {
        List<Page> pages = new ArrayList<>();
        int result = ioUring.register(task, mm, addr, pages);
        if (step.op() == RecordedOp.IO_URING_REGISTER_BUFFER_HOLD) {
            byIoUring.hold(pages, GupFlags.PIN);
        } else {
            pages.forEach(page -> ioUring.unregister(task, page));
        }
        return ReplayDriver.ErrnoResult.of(result);
    }

    void releaseAll() {
        byModule.releaseAll(task);
        byPipe.releaseAll(task);
        byIoUring.releaseAll(task);
    }
}
