package org.mmrace.conform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.Mm;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.UserAccess;
import org.mmrace.op.DirectIo;
import org.mmrace.op.IoUring;
import org.mmrace.op.Machine;
import org.mmrace.op.RemoteAccess;

/** The operations of recorded steps on the model: each fills in {@code ret}, {@code signal} and what is its own. */
final class ReplaySteps {
    private static final int LOOP_TURNS = 100;
    private static final long WRITTEN_BYTE = 0x5a;
    private static final long REMOTELY_WRITTEN_BYTE = 'Q';
    private static final long COPIED_BYTE = 'A';
    private static final long FILE_BYTE = 'Z';
    private static final long DEVICE_BYTE = 7;
    private static final long PAGE_BYTES = Address.PAGE_SIZE;
    private static final long NO_SUCH_DESCRIPTOR = -Errno.EBADF;

    private final ReplayedProcess process;
    private final Machine machine;
    private final Task task;
    private final Mm mm;
    private final RemoteAccess remoteAccess;
    private final ReplayGup gup;
    private final ReplayInsert insert;

    ReplaySteps(ReplayedProcess process) {
        this.process = process;
        this.machine = process.machine();
        this.task = process.task();
        this.mm = process.mm();
        this.remoteAccess = new RemoteAccess(machine);
        this.gup = new ReplayGup(process, new IoUring(machine));
        this.insert = new ReplayInsert(process);
    }

    /** Runs one step. */
    Map<String, @Nullable Object> run(RecordedStep step) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("ret", 0L);
        fields.put("signal", null);
        long addr = process.addr(step.page());
        switch (step.op()) {
            case OBSERVE -> {}
            case READ -> load(addr, fields);
            case WRITE -> store(addr, fields);
            case MUNMAP -> fields.put("ret", number(munmap()));
            case MADVISE_DONTNEED ->
                fields.put("ret", number(machine.mm().madvise().dontneed(task, mm, process.addr(0), process.length())));
            case MPROTECT -> fields.put("ret", number(mprotect(step)));
            case PROCESS_VM_READV ->
                fields.put("ret", bytes(8, remoteAccess.processVmReadv(task, mm, addr, new LocalLong(0))));
            case PROCESS_VM_WRITEV ->
                fields.put("ret", bytes(1, remoteAccess.processVmWritev(task, mm, addr, REMOTELY_WRITTEN_BYTE)));
            case PROC_MEM_READ ->
                fields.put("ret", bytes(8, remoteAccess.procMemRead(task, mm, addr, new LocalLong(0))));
            case PROC_MEM_WRITE ->
                fields.put("ret", bytes(1, remoteAccess.procMemWrite(task, mm, addr, REMOTELY_WRITTEN_BYTE)));
            case COPY_FROM_USER -> fields.put("ret", copy(false, addr));
            case COPY_TO_USER -> fields.put("ret", copy(true, addr));
            case VMSPLICE,
                    VMSPLICE_RELEASE,
                    GUP,
                    GUP_RELEASE,
                    IO_URING_REGISTER_BUFFER,
                    IO_URING_REGISTER_BUFFER_HOLD -> gup.run(step, addr, fields);
            case VM_INSERT_PAGE,
                    VM_INSERT_PAGES,
                    VM_MAP_PAGES,
                    VM_MAP_PAGES_ZERO,
                    VMF_INSERT_MIXED,
                    VMF_INSERT_MIXED_MKWRITE -> insert.run(step, addr, fields);
            case PUNCH_HOLE, FALLOCATE, FILE_WRITE, FTRUNCATE_0 -> fields.put("ret", file(step));
            case FORK_CHILD_READS_PAGE0 -> forkChildReads(fields);
            case LOOP100_READ_ALL_THEN_DONTNEED -> fields.put("ret", loopReadDontneed());
            case LOOP100_MMAP_READ_ALL_MUNMAP -> fields.put("ret", loopMmapReadMunmap());
            case DIRECT_IO_READ ->
                fields.put("ret", bytes(PAGE_BYTES, new DirectIo(machine).read(task, mm, addr, DEVICE_BYTE)));
            case DIRECT_IO_WRITE ->
                fields.put("ret", bytes(PAGE_BYTES, new DirectIo(machine).write(task, mm, addr, new LocalLong(0))));
            case DROP_CACHES -> fields.put("ret", dropCaches());
        }
        return fields;
    }

    /** The kernel users that still hold references let go; the process has exited. */
    void releaseAll() {
        gup.releaseAll();
    }

    private static Object number(long result) {
        return ReplayDriver.ErrnoResult.of(result);
    }

    private static Object bytes(long count, int result) {
        return result == 0 ? (Object) count : Errno.name(result);
    }

    private void load(long addr, Map<String, @Nullable Object> fields) {
        LocalLong value = new LocalLong(0);
        outcome(machine.mm().userAccess().load(task, mm, addr, value), fields);
        fields.computeIfPresent("ret", (name, ret) -> value.get() & 0xff);
    }

    private void store(long addr, Map<String, @Nullable Object> fields) {
        outcome(machine.mm().userAccess().store(task, mm, addr, WRITTEN_BYTE), fields);
        if (fields.get("signal") == null) {
            load(addr, fields);
        }
    }

    private static void outcome(UserAccess.Outcome outcome, Map<String, @Nullable Object> fields) {
        if (outcome == UserAccess.Outcome.SIGSEGV || outcome == UserAccess.Outcome.SIGBUS) {
            fields.put("signal", outcome.name());
            fields.put("ret", null);
        }
    }

    private long munmap() {
        return machine.mm().munmap().munmap(task, mm, process.addr(0), process.length());
    }

    private long mprotect(RecordedStep step) {
        return machine.mm()
                .mprotect()
                .mprotect(task, mm, process.addr(0), process.length(), ReplayedProcess.prot(step.prot()));
    }

    /** write(2) to or read(2) from a pipe: an ordinary access that ends in -EFAULT instead of a signal. */
    private Object copy(boolean toUser, long addr) {
        UserAccess access = machine.mm().userAccess();
        UserAccess.Outcome outcome =
                toUser ? access.store(task, mm, addr, COPIED_BYTE) : access.load(task, mm, addr, new LocalLong(0));
        return outcome == UserAccess.Outcome.DONE ? (Object) 4L : "-EFAULT";
    }

    private Object file(RecordedStep step) {
        OpenFile file = process.descriptor();
        if (file == null) {
            return NO_SUCH_DESCRIPTOR;
        }
        var files = machine.mm().files();
        return switch (step.op()) {
            case PUNCH_HOLE -> (long) files.punchHole(task, file, step.page(), 1);
            case FALLOCATE -> (long) files.fallocate(task, file, step.page());
            case FILE_WRITE -> (long) files.write(task, file, step.page(), FILE_BYTE);
            default -> (long) files.truncate(task, file, 0);
        };
    }

    private Object dropCaches() {
        OpenFile file = process.descriptor();
        if (file != null) {
            machine.mm().files().dropCaches(task, file.mapping());
        }
        return 1L;
    }

    private void forkChildReads(Map<String, @Nullable Object> fields) {
        Gauges gauges = process.gauges();
        long ref = gauges.zeroRef();
        long map = gauges.zeroMap();
        Mm child = machine.mm().fork().fork(task, mm, machine.mm().munmap());
        if (child == null) {
            fields.put("ret", "-ENOMEM");
            return;
        }
        machine.mm().userAccess().load(task, child, process.addr(0), new LocalLong(0));
        fields.put("zero_ref_while_child_alive", gauges.zeroRef() - ref);
        fields.put("zero_map_while_child_alive", gauges.zeroMap() - map);
        machine.mm().munmap().exitMmap(task, child);
    }

    private Object loopReadDontneed() {
        for (int turn = 0; turn < LOOP_TURNS; turn++) {
            readAll(process.addr(0));
            machine.mm().madvise().dontneed(task, mm, process.addr(0), process.length());
        }
        return (long) LOOP_TURNS;
    }

    private Object loopMmapReadMunmap() {
        for (int turn = 0; turn < LOOP_TURNS; turn++) {
            long at = process.mmap();
            readAll(at);
            machine.mm().munmap().munmap(task, mm, at, process.length());
        }
        return (long) LOOP_TURNS;
    }

    private void readAll(long from) {
        List<Long> pages = new ArrayList<>();
        for (long addr = from; addr < from + process.length(); addr += Address.PAGE_SIZE) {
            pages.add(addr);
        }
        pages.forEach(addr -> machine.mm().userAccess().load(task, mm, addr, new LocalLong(0)));
    }
}
