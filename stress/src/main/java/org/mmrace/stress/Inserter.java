package org.mmrace.stress;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.mm.InsertPfn;
import org.mmrace.mm.Memory;
import org.mmrace.mm.Mm;
import org.mmrace.mm.Page;
import org.mmrace.mm.VmFlags;
import org.mmrace.mm.Vma;

/** Maps pages as drivers do, through every entry point, outside of faults and in mmap hooks; often the zeropage. */
final class Inserter implements Role {
    private static final SlotSet COUNTED = SlotSet.of(Slot.RING, Slot.CONSTANTS, Slot.BUFFER, Slot.TEMPLATE, Slot.IO);
    private static final SlotSet UNCOUNTED =
            SlotSet.of(Slot.CONSTANTS, Slot.BUFFER, Slot.TEMPLATE, Slot.IO, Slot.MIXED, Slot.DAX_DEVICE);
    private static final SlotSet FIXED = SlotSet.of(Slot.IO, Slot.MIXED, Slot.DAX_DEVICE);
    private static final SlotSet WITHOUT_PAGES = SlotSet.of(Slot.FRAMES, Slot.MIXED);
    private static final SlotSet HOOKED = SlotSet.of(Slot.RING, Slot.CONSTANTS, Slot.BUFFER, Slot.TEMPLATE);
    private static final SlotSet REMAPPED = SlotSet.of(Slot.FRAMES, Slot.PRIVATE_FRAMES);
    private static final int PAGES_MAX = 10;

    @Override
    public void step(Worker worker) {
        int dice = worker.random().nextInt(100);
        if (dice < 72) {
            worker.choosePlace(dice < 50 ? COUNTED : dice < 62 ? UNCOUNTED : dice < 67 ? FIXED : WITHOUT_PAGES);
            insert(
                    worker,
                    dice < 35
                            ? Operation.VM_INSERT_PAGE
                            : dice < 50
                                    ? Operation.VM_INSERT_PAGES
                                    : dice < 62
                                            ? Operation.VMF_INSERT_MIXED
                                            : dice < 67
                                                    ? Operation.VMF_INSERT_MIXED_MKWRITE
                                                    : Operation.VMF_INSERT_PFN);
        } else if (dice < 92) {
            worker.choosePlace(HOOKED);
            switch (worker.random().nextInt(4)) {
                case 0 -> Unmapper.remapChosen(worker, Operation.VM_MAP_PAGES, MapPlan.MAP_PAGES);
                case 1 -> Unmapper.remapChosen(worker, Operation.VM_MAP_PAGES_ZERO, MapPlan.MAP_PAGES_ZERO);
                case 2 -> Unmapper.remapChosen(worker, Operation.MMAP, MapPlan.INSERT_PAGE);
                default -> Unmapper.remapChosen(worker, Operation.MMAP, MapPlan.INSERT_PAGES);
            }
        } else {
            worker.choosePlace(REMAPPED);
            Unmapper.remapChosen(worker, Operation.REMAP_PFN_RANGE, MapPlan.REMAP);
        }
    }

    /** With mmap_lock for reading, or for writing where VM_MIXEDMAP is still to be set. */
    static void insert(Worker worker, Operation kind) {
        Kernel kernel = worker.kernel();
        Task task = worker.task();
        Mm mm = worker.process().mm();
        boolean write = worker.slot() == Slot.BUFFER && worker.random().nextInt(3) == 0;
        worker.begin(kind, worker.addr(), 1, LoggedOperation.insertion(write, 0, MapPlan.NONE));
        if (write) {
            worker.machine().platform().vmaLocks().mmapWriteLock(task, mm);
        } else {
            kernel.downRead(task, mm.mmapLock());
        }
        Vma vma = mm.tree().lookup(worker.addr());
        OpResult result = vma == null ? OpResult.UNMAPPED : insertLocked(worker, kind, vma, write);
        if (write) {
            worker.machine().platform().vmaLocks().mmapWriteUnlock(task, mm);
        } else {
            kernel.upRead(task, mm.mmapLock());
        }
        worker.end(result);
    }

    private static OpResult insertLocked(Worker worker, Operation kind, Vma vma, boolean write) {
        boolean mixedmap = (vma.flags(worker.kernel()) & VmFlags.MIXEDMAP) != 0;
        return switch (kind) {
            case VM_INSERT_PAGE -> mixedmap || write ? insertPage(worker, vma, write) : OpResult.UNMAPPED;
            case VM_INSERT_PAGES -> mixedmap || write ? insertPages(worker, vma, write) : OpResult.UNMAPPED;
            case VMF_INSERT_PFN -> insertPfn(worker, vma);
            default -> insertMixed(worker, vma, kind == Operation.VMF_INSERT_MIXED_MKWRITE, mixedmap);
        };
    }

    private static OpResult insertPage(Worker worker, Vma vma, boolean write) {
        Page page = choosePage(worker, worker.page());
        if (page == null) {
            return OpResult.ENOMEM;
        }
        worker.detail(1, LoggedOperation.insertion(write, Memory.isZero(page) ? 1 : 0, MapPlan.NONE));
        // Now and then where the VMA is not.
        long addr = worker.random().nextInt(256) == 0 ? vma.end(worker.kernel()) : worker.addr();
        int result = worker.mm().insertPage().vmInsertPage(worker.task(), vma, addr, page);
        drop(worker, page);
        return OpResult.ofErrno(result);
    }

    private static OpResult insertPages(Worker worker, Vma vma, boolean write) {
        List<Page> pages = worker.pages();
        pages.clear();
        int count =
                1 + worker.random().nextInt(Math.min(PAGES_MAX, worker.slot().pages() - worker.page()));
        for (int i = 0; i < count; i++) {
            Page page = choosePage(worker, worker.page() + i);
            if (page == null) {
                break;
            }
            pages.add(page);
        }
        LocalLong left = new LocalLong(pages.size());
        worker.detail(pages.size(), LoggedOperation.insertion(write, zeropages(pages), MapPlan.NONE));
        int result = pages.isEmpty()
                ? -Errno.ENOMEM
                : worker.mm().insertPage().vmInsertPages(worker.task(), vma, worker.addr(), pages, left);
        for (int i = 0; i < pages.size(); i++) {
            drop(worker, pages.get(i));
        }
        boolean partial = result != 0 && left.get() != pages.size();
        return partial ? OpResult.PARTIAL : OpResult.ofErrno(result);
    }

    /** Which of {@code pages} are the zeropage, a bit for each. */
    static int zeropages(List<Page> pages) {
        int zeropages = 0;
        for (int i = 0; i < pages.size(); i++) {
            zeropages |= Memory.isZero(pages.get(i)) ? 1 << i : 0;
        }
        return zeropages;
    }

    /** The zeropage, the page that the driver has for this place, or a fresh one. */
    private static @Nullable Page choosePage(Worker worker, int index) {
        FileKind kind = worker.slot().file();
        SplittableRandom random = worker.random();
        Page zero = worker.machine().platform().memory().zeroPage();
        if (kind == null || random.nextInt(kind == FileKind.BUFFER ? 4 : 2) == 0) {
            return zero;
        }
        if (kind == FileKind.RING || kind == FileKind.IO) {
            Page own = worker.process().files().frames(kind).page(index);
            return own == null ? zero : own;
        }
        Page fresh = DriverPages.fresh(worker);
        if (fresh != null) {
            long tag = DataTags.shared(worker.process().files().id(kind), index, worker.done());
            worker.machine().platform().memory().setContents(worker.task(), fresh.pfn(), tag);
        }
        return fresh;
    }

    private static void drop(Worker worker, Page page) {
        FileKind kind = worker.slot().file();
        if (kind != FileKind.RING && kind != FileKind.IO) {
            DriverPages.drop(worker, page);
        }
    }

    private static OpResult insertMixed(Worker worker, Vma vma, boolean mkwrite, boolean mixedmap) {
        InsertPfn insertPfn = worker.mm().insertPfn();
        FileKind kind = worker.slot().file();
        // Uncounted, so it must be a frame that stays. Without VM_MIXEDMAP only the zeropage and persistent memory may
        // come.
        boolean frame = kind != null
                && kind.hasFixedFrames()
                && (mixedmap || kind == FileKind.DAX_DEVICE)
                && worker.random().nextBoolean();
        long pfn = frame && kind != null ? worker.process().files().frames(kind).pfn(worker.page()) : Memory.ZERO_PFN;
        worker.detail(1, LoggedOperation.insertion(false, pfn == Memory.ZERO_PFN ? 1 : 0, MapPlan.NONE));
        return OpResult.ofFault(
                mkwrite
                        ? insertPfn.vmfInsertMixedMkwrite(worker.task(), vma, worker.addr(), pfn)
                        : insertPfn.vmfInsertMixed(worker.task(), vma, worker.addr(), pfn));
    }

    private static OpResult insertPfn(Worker worker, Vma vma) {
        FileKind kind = worker.slot().file();
        if (kind == null || worker.process().files().frames(kind).page(worker.page()) != null) {
            return OpResult.UNMAPPED;
        }
        long pfn = worker.process().files().frames(kind).pfn(worker.page());
        return OpResult.ofFault(worker.mm().insertPfn().vmfInsertPfn(worker.task(), vma, worker.addr(), pfn));
    }
}
