package org.mmrace.conform;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.FaultResult;
import org.mmrace.mm.MemoryManager;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;
import org.mmrace.op.Machine;

/** Recorded steps in which the module inserts pages into the existing mapping, mmap_lock held for writing. */
final class ReplayInsert {
    private final ReplayedProcess process;
    private final Machine machine;
    private final Kernel kernel;
    private final Task task;
    private final Mm mm;

    ReplayInsert(ReplayedProcess process) {
        this.process = process;
        this.machine = process.machine();
        this.kernel = machine.kernel();
        this.task = process.task();
        this.mm = process.mm();
    }

    void run(RecordedStep step, long addr, Map<String, @Nullable Object> fields) {
        var locks = machine.platform().vmaLocks();
        locks.mmapWriteLock(task, mm);
        Vma vma = mm.tree().lookup(addr);
        if (vma == null) {
            fields.put("ret", "-EFAULT");
        } else {
            locks.startWrite(task, vma);
            insert(step, addr, vma, fields);
        }
        locks.mmapWriteUnlock(task, mm);
    }

    private void insert(RecordedStep step, long addr, Vma vma, Map<String, @Nullable Object> fields) {
        long first = step.vmFlagsSetFirst().stream().mapToLong(VmFlags::parse).reduce(0, (a, b) -> a | b);
        if (first != 0) {
            vma.modifyFlags(kernel, machine.platform().monitor(), task, first, 0);
        }
        List<Page> pages = process.modulePages().make(task, step.pages());
        boolean mixedBefore = isMixedmap(vma);
        Gauges.Reading before = process.gauges().read(mm, pages);
        LocalLong notMapped = new LocalLong(0);
        fields.put("ret", call(step.op(), vma, addr, pages, notMapped));
        process.gauges().read(mm, pages).since(before).forEach((name, change) -> fields.put("call_" + name, change));
        fields.put("not_mapped", notMapped.get());
        fields.put("vm_mixedmap_before", mixedBefore);
        fields.put("vm_mixedmap_after", isMixedmap(vma));
    }

    private boolean isMixedmap(Vma vma) {
        return (vma.flags(kernel) & VmFlags.MIXEDMAP) != 0;
    }

    private Object call(RecordedOp op, Vma vma, long addr, List<Page> pages, LocalLong notMapped) {
        MemoryManager model = machine.mm();
        long pfn = pages.get(0).pfn();
        return switch (op) {
            case VMF_INSERT_MIXED -> FaultResult.name(model.insertPfn().vmfInsertMixed(task, vma, addr, pfn));
            case VMF_INSERT_MIXED_MKWRITE ->
                FaultResult.name(model.insertPfn().vmfInsertMixedMkwrite(task, vma, addr, pfn));
            default ->
                ReplayDriver.ErrnoResult.of(ReplayDriver.insertPages(
                        task,
                        model,
                        RecordedDriver.Call.valueOf(op.name().toUpperCase(Locale.ROOT)),
                        vma,
                        addr,
                        pages,
                        notMapped));
        };
    }
}
