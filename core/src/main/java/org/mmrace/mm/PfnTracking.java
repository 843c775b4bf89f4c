package org.mmrace.mm;

import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;
import org.mmrace.kernel.WordArray;

/**
 * Which frames are reserved for whole VMAs that {@code remap_pfn_range()} has filled (arch/x86/mm/pat/memtype.c). A VMA
 * with a reservation is VM_PAT; here it also remembers its first frame, which the kernel reads from its first entry
 * until 6.15. Frames are counted one by one, so that a VMA may be split.
 */
final class PfnTracking {
    private final Platform platform;
    private final Kernel kernel;
    private final WordArray reservations;

    PfnTracking(Platform platform) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.reservations = new WordArray(platform.memory.allFrames());
    }

    /** {@code track_pfn_remap()}: false when out of memory. Nothing is tracked for a part of a VMA. */
    boolean trackPfnRemap(Vma vma, long addr, long pfn, long size) {
        boolean whole = addr == vma.start(kernel) && addr + size == vma.end(kernel);
        return !whole || reserve(vma, pfn);
    }

    /** {@code track_pfn_copy()}: the child's VMA gets a reservation of its own; false when out of memory. */
    boolean trackPfnCopy(Vma dst, Vma src) {
        long pfn = kernel.readPlain(src.patPfn);
        return pfn == Vma.NOT_TRACKED || reserve(dst, pfn);
    }

    /** {@code reserve_pfn_range()}: VM_PAT is set only with the reservation. */
    private boolean reserve(Vma vma, long pfn) {
        if (platform.memory.allocationFails()) {
            return false;
        }
        for (long i = 0; i < pages(vma); i++) {
            if (platform.memory.isFrame(pfn + i)) {
                kernel.addReturn(reservations, (int) (pfn + i), 1);
            }
        }
        kernel.writePlain(vma.patPfn, pfn);
        return true;
    }

    /** {@code untrack_pfn()}: when a VMA is unmapped for good, or {@code untrack_pfn_copy()}. */
    void untrackPfn(Task task, Vma vma) {
        long pfn = kernel.readPlain(vma.patPfn);
        if (pfn == Vma.NOT_TRACKED) {
            return;
        }
        for (long i = 0; i < pages(vma); i++) {
            if (platform.memory.isFrame(pfn + i)) {
                long left = kernel.addReturn(reservations, (int) (pfn + i), -1);
                Warn.on(left < 0, kernel, task, "memtype_free", "frame " + (pfn + i) + " is not reserved");
            }
        }
        kernel.writePlain(vma.patPfn, Vma.NOT_TRACKED);
    }

    private long pages(Vma vma) {
        return (vma.end(kernel) - vma.start(kernel)) / Address.PAGE_SIZE;
    }

    /** How many VMAs have reserved this frame, for checks. */
    long reservations(long pfn) {
        return kernel.readOnce(reservations, (int) pfn);
    }
}
