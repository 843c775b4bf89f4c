package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.kernel.CellNames;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.RcuPointer;

/**
 * {@code mm->mm_mt}: the VMAs of an address space in order of address. Writers hold mmap_lock for writing and publish a
 * new version in one step; readers see one version, old or new.
 */
public final class VmaTree {
    private record Slot(long start, long end, Vma vma) {
        @Override
        public String toString() {
            return vma.toString();
        }
    }

    private final Kernel kernel;
    private final RcuPointer<List<Slot>> root = new RcuPointer<>(List.of());

    VmaTree(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Tells the names of its cells. */
    void nameCells(CellNames names, Mm mm) {
        names.pointer(root, () -> "vma tree " + mm);
    }

    private List<Slot> slots() {
        List<Slot> slots = kernel.rcuDereference(root);
        return slots == null ? List.of() : slots;
    }

    /** {@code vma_lookup()}: the VMA that contains {@code addr}, or null. */
    public @Nullable Vma lookup(long addr) {
        for (Slot slot : slots()) {
            if (addr < slot.end) {
                return addr >= slot.start ? slot.vma : null;
            }
        }
        return null;
    }

    /** {@code find_vma()}: the first VMA that ends after {@code addr}, or null. */
    public @Nullable Vma find(long addr) {
        for (Slot slot : slots()) {
            if (addr < slot.end) {
                return slot.vma;
            }
        }
        return null;
    }

    /** The VMAs that overlap {@code [start, end)}, in order. */
    public List<Vma> overlapping(long start, long end) {
        List<Vma> found = new ArrayList<>();
        for (Slot slot : slots()) {
            if (slot.start < end && slot.end > start) {
                found.add(slot.vma);
            }
        }
        return found;
    }

    /** All VMAs, in order. */
    public List<Vma> all() {
        return overlapping(0, Long.MAX_VALUE);
    }

    /** {@code get_unmapped_area()}: the lowest gap of {@code length} bytes within {@code [low, high)}, or -1. */
    long findGap(long length, long low, long high) {
        long from = low;
        for (Slot slot : slots()) {
            if (slot.end > from) {
                if (slot.start - from >= length) {
                    return from;
                }
                from = slot.end;
            }
        }
        return high - from >= length ? from : -1;
    }

    /** The end of the last VMA before {@code addr}, 0 if there is none. */
    long endBefore(long addr) {
        long end = 0;
        for (Slot slot : slots()) {
            if (slot.end <= addr) {
                end = slot.end;
            }
        }
        return end;
    }

    /** The start of the first VMA at or behind {@code addr}, {@code ifNone} if there is none. */
    long startBehind(long addr, long ifNone) {
        for (Slot slot : slots()) {
            if (slot.start >= addr) {
                return slot.start;
            }
        }
        return ifNone;
    }

    /**
     * Takes {@code removed} out and puts {@code added} in, with their present start and end, as one publication. What
     * is new is marked attached just before ({@code vma_iter_store_new()}).
     *
     * @param removed VMAs of the tree; may also be in {@code added}, with other bounds
     */
    void replace(List<Vma> removed, List<Vma> added) {
        List<Slot> next = new ArrayList<>();
        for (Slot slot : slots()) {
            if (!removed.contains(slot.vma)) {
                next.add(slot);
            }
        }
        for (Vma vma : added) {
            if (!removed.contains(vma)) {
                vma.markAttached(kernel);
            }
            Slot slot = new Slot(vma.start(kernel), vma.end(kernel), vma);
            int at = 0;
            while (at < next.size() && next.get(at).start < slot.start) {
                at++;
            }
            next.add(at, slot);
        }
        kernel.rcuAssignPointer(root, List.copyOf(next));
    }
}
