package org.mmrace.conform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.FileOperations;
import org.mmrace.mm.MemoryManager;
import org.mmrace.mm.OpenFile;
import org.mmrace.mm.Page;
import org.mmrace.mm.RefKind;
import org.mmrace.mm.VmFault;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.VmOperations;
import org.mmrace.mm.Vma;
import org.mmrace.op.Machine;

/**
 * The driver with which the recordings were made: it calls one kernel function, from {@code ->mmap} or {@code ->fault}.
 */
final class ReplayDriver implements FileOperations, VmOperations {
    private final Machine machine;
    private final MemoryManager mm;
    private final Kernel kernel;
    private final RecordedDriver driver;
    private final DriverPages driverPages;
    private final Gauges gauges;
    private Map<String, @Nullable Object> result = Map.of();
    private long faultCalls;
    private long pfnMkwriteCalls;
    private int lastFaultResult;

    ReplayDriver(Machine machine, RecordedDriver driver, DriverPages driverPages, Gauges gauges) {
        this.machine = machine;
        this.mm = machine.mm();
        this.kernel = machine.kernel();
        this.driver = driver;
        this.driverPages = driverPages;
        this.gauges = gauges;
    }

    /** What the call in {@code ->mmap} gave, by recorded names; empty if there was none. */
    Map<String, @Nullable Object> result() {
        return result;
    }

    /** The running totals of the handlers, by recorded names. */
    Map<String, @Nullable Object> totals() {
        Map<String, @Nullable Object> totals = new LinkedHashMap<>();
        totals.put("fault_calls", faultCalls);
        totals.put("pfn_mkwrite_calls", pfnMkwriteCalls);
        totals.put("last_fault_result", FaultResult.name(lastFaultResult));
        return totals;
    }

    private static long flags(List<String> names) {
        return names.stream().mapToLong(VmFlags::parse).reduce(0, (a, b) -> a | b);
    }

    @Override
    public int mmap(Task task, Vma vma) {
        vma.modifyFlags(
                kernel, machine.platform().monitor(), task, flags(driver.vmFlagsSet()), flags(driver.vmFlagsCleared()));
        if (driver.vmOps() != RecordedDriver.VmOps.NONE) {
            vma.setOps(kernel, this);
        }
        if (driver.when() != RecordedDriver.When.MMAP) {
            return 0;
        }
        List<Page> pages = driverPages.make(task, driver.pages());
        List<String> flagsBefore = Gauges.flagNames(vma.flags(kernel));
        Gauges.Reading before = gauges.read(vma.mm(), pages);
        LocalLong notMapped = new LocalLong(0);
        Object ret = call(task, vma, vma.start(kernel), pages, notMapped);
        Gauges.Reading after = gauges.read(vma.mm(), pages);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("ret", ret);
        fields.put("not_mapped", notMapped.get());
        after.since(before).forEach((name, value) -> fields.put(name, value));
        fields.put("vm_flags_before", flagsBefore);
        fields.put("vm_flags_after", Gauges.flagNames(vma.flags(kernel)));
        result = fields;
        return 0;
    }

    /** One call of the driver's function; errors as the recordings name them. */
    private Object call(Task task, Vma vma, long addr, List<Page> pages, LocalLong notMapped) {
        return switch (driver.call()) {
            case VMF_INSERT_MIXED, VMF_INSERT_MIXED_MKWRITE, RETURN_PAGE_FROM_FAULT ->
                FaultResult.name(insertFrames(task, vma, addr, pages));
            default -> ErrnoResult.of(insertPages(task, mm, driver.call(), vma, addr, pages, notMapped));
        };
    }

    /** The {@code int} functions. */
    static int insertPages(
            Task task,
            MemoryManager mm,
            RecordedDriver.Call call,
            Vma vma,
            long addr,
            List<Page> pages,
            LocalLong notMapped) {
        return switch (call) {
            case VM_INSERT_PAGE -> mm.insertPage().vmInsertPage(task, vma, addr, pages.get(0));
            case VM_INSERT_PAGES -> {
                notMapped.set(pages.size());
                yield mm.insertPage().vmInsertPages(task, vma, addr, pages, notMapped);
            }
            case VM_MAP_PAGES -> mm.mapPages().vmMapPages(task, vma, pages);
            case VM_MAP_PAGES_ZERO -> mm.mapPages().vmMapPagesZero(task, vma, pages);
            default -> throw new IllegalArgumentException(call + " gives a fault code");
        };
    }

    private int insertFrames(Task task, Vma vma, long addr, List<Page> pages) {
        long pfn = pages.get(0).pfn();
        return driver.call() == RecordedDriver.Call.VMF_INSERT_MIXED
                ? mm.insertPfn().vmfInsertMixed(task, vma, addr, pfn)
                : mm.insertPfn().vmfInsertMixedMkwrite(task, vma, addr, pfn);
    }

    @Override
    public boolean hasFault() {
        return true;
    }

    @Override
    public boolean hasPfnMkwrite() {
        return driver.vmOps() != RecordedDriver.VmOps.FAULT;
    }

    @Override
    public int fault(Task task, VmFault vmf) {
        faultCalls++;
        if (driver.when() == RecordedDriver.When.MMAP) {
            return FaultResult.SIGBUS;
        }
        lastFaultResult = handleFault(task, vmf);
        return lastFaultResult;
    }

    private int handleFault(Task task, VmFault vmf) {
        List<Page> pages = driverPages.make(task, driver.pages());
        if (driver.call() == RecordedDriver.Call.RETURN_PAGE_FROM_FAULT) {
            machine.platform().folios().get(task, pages.get(0), RefKind.TRANSIENT);
            vmf.setPage(pages.get(0));
            return FaultResult.NONE;
        }
        return switch (driver.call()) {
            case VMF_INSERT_MIXED, VMF_INSERT_MIXED_MKWRITE -> insertFrames(task, vmf.vma(), vmf.address(), pages);
            default ->
                faultResult(insertPages(task, mm, driver.call(), vmf.vma(), vmf.address(), pages, new LocalLong(0)));
        };
    }

    private static int faultResult(int error) {
        if (error == 0 || error == -Errno.EBUSY) {
            return FaultResult.NOPAGE;
        }
        return error == -Errno.ENOMEM ? FaultResult.OOM : FaultResult.SIGBUS;
    }

    @Override
    public int pfnMkwrite(Task task, VmFault vmf) {
        pfnMkwriteCalls++;
        return switch (driver.vmOps()) {
            case PFN_MKWRITE_0 -> FaultResult.NONE;
            case PFN_MKWRITE_REPLACE -> replace(task, vmf);
            default -> FaultResult.SIGBUS;
        };
    }

    /** What DAX does: the old page goes from every mapping, then a fresh one is inserted writable. */
    private int replace(Task task, VmFault vmf) {
        Page fresh = driverPages.make(task, List.of(RecordedPage.NORMAL)).get(0);
        OpenFile file = vmf.vma().file();
        if (file != null) {
            mm.zap().unmapMappingPages(task, file.mapping(), vmf.pgoff(), 1, true);
        }
        return mm.insertPfn().vmfInsertMixedMkwrite(task, vmf.vma(), vmf.address(), fresh.pfn());
    }

    /** The file is closed: the driver drops its references. */
    void close(Task task) {
        driverPages.releaseAll(task);
    }

    /** An {@code int} result in the words of the recordings. */
    static final class ErrnoResult {
        private ErrnoResult() {}

        static Object of(long result) {
            return result < 0 ? Errno.name(result) : (Object) result;
        }
    }
}
