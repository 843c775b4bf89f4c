package org.mmrace.lincheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.fault.TlbStyle;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Task;
import org.mmrace.mm.Address;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.GupFlags;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Mmap;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;

/**
 * One address whose page nobody but the mapping keeps: GUP-fast must get the page that is mapped, never one that was
 * freed and is somebody else's by now. TLB flushes do not wait for GUP-fast, as on arm64; only its own checks protect
 * it.
 */
@Param(name = "value", gen = IntGen.class, conf = "1:9")
@Param(name = "thread", gen = ThreadIdGen.class)
public class ReuseOperations {
    /** What the page of somebody else holds. */
    private static final long SOMEBODY_ELSES = -1;

    private final MachineUnderTest machine;
    private final Mm process;
    private final long addr;

    /** Called by Lincheck. */
    public ReuseOperations() {
        this(KernelConfig.of(Series.AFTER));
    }

    ReuseOperations(KernelConfig config) {
        Invocations.began();
        machine = new MachineUnderTest(config.with(draft -> draft.tlbStyle(TlbStyle.BROADCAST)));
        Task boot = machine.task(0);
        process = machine.newProcess(boot);
        AddressSpace device = machine.newFile(AddressSpace.Kind.DEVICE, 1);
        OpenFile open = new OpenFile(device, true, (task, vma) -> {
            vma.modifyFlags(machine.kernel(), machine.platform().monitor(), task, VmFlags.MIXEDMAP, VmFlags.MAYWRITE);
            return 0;
        });
        Mmap.Request request = new Mmap.Request(open, true, VmFlags.READ, 0);
        addr = machine.mm().mmap().mmap(boot, process, Address.PAGE_SIZE, request);
    }

    /** Maps a new page with this in it; the driver keeps no reference of its own. */
    @Operation
    public final String insertFresh(@Param(name = "value") int value, @Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        Page page = machine.newPage(task, value);
        machine.kernel().downRead(task, process.mmapLock());
        Vma vma = Objects.requireNonNull(process.tree().lookup(addr));
        int result = machine.mm().insertPage().vmInsertPage(task, vma, addr, page);
        machine.kernel().upRead(task, process.mmapLock());
        machine.put(task, page);
        return Errno.name(result);
    }

    /** {@code madvise(MADV_DONTNEED)}: the page is free when it returns, unless somebody has a reference. */
    @Operation
    public final String zap(@Param(name = "thread") int thread) {
        return Errno.name(machine.mm().madvise().dontneed(machine.task(thread), process, addr, Address.PAGE_SIZE));
    }

    /** Somebody else allocates two pages, and keeps them. */
    @Operation(runOnce = true)
    public final String allocate(@Param(name = "thread") int thread) {
        Page first = machine.newPage(machine.task(thread), SOMEBODY_ELSES);
        Page second = machine.newPage(machine.task(thread), SOMEBODY_ELSES);
        return first == second ? "the same page twice" : "0";
    }

    /** {@code get_user_pages_fast()}, a read of the page, {@code put_page()}. */
    @Operation
    public final String getAndRead(@Param(name = "thread") int thread) {
        Task task = machine.task(thread);
        List<Page> pages = new ArrayList<>();
        int result = machine.mm().gupFast().getUserPagesFast(task, process, addr, 1, GupFlags.GET, pages);
        if (result != 1) {
            return Errno.name(result);
        }
        String value =
                Long.toString(machine.platform().memory().contents(pages.get(0).pfn()));
        machine.mm().gup().release(task, pages.get(0), GupFlags.GET);
        return value;
    }

    /** Recounts everything. */
    @Validate
    public final void audit() {
        machine.audit();
    }

    /** What is mapped, 0 for nothing. */
    public static final class Slot {
        private long value;

        /** As the operation. */
        public String insertFresh(int fresh, int thread) {
            if (value != 0) {
                return "-EBUSY";
            }
            value = fresh;
            return "0";
        }

        /** As the operation. */
        public String zap(int thread) {
            value = 0;
            return "0";
        }

        /** As the operation. */
        public String allocate(int thread) {
            return "0";
        }

        /** As the operation. */
        public String getAndRead(int thread) {
            return value == 0 ? "-EFAULT" : Long.toString(value);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Slot that && that.value == value;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(value);
        }
    }
}
