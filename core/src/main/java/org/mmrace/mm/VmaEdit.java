package org.mmrace.mm;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.fault.VmaLockStyle;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** Making, splitting and merging VMAs (mm/vma.c). mmap_lock held for writing. */
final class VmaEdit {
    private final Platform platform;
    private final Kernel kernel;
    private final HugetlbTables hugetlbTables;

    VmaEdit(Platform platform, HugetlbTables hugetlbTables) {
        this.platform = platform;
        this.hugetlbTables = hugetlbTables;
        this.kernel = platform.kernel;
    }

    /** {@code vm_area_alloc()}: in no tree yet, and not locked. */
    Vma alloc(Task task, Mm mm, @Nullable OpenFile file, long start, long end, long pgoff, long flags) {
        boolean counted = platform.config.vmaLock() == VmaLockStyle.REFCNT;
        VmaObject object = counted ? platform.vmaCache.alloc(task) : null;
        Vma vma = new Vma(mm, kernel.addReturn(mm.vmaIds, 1), file, object, start, end, pgoff, flags);
        if (file != null) {
            vma.setOps(kernel, VmOperations.DUMMY);
        }
        if (object != null) {
            kernel.rcuAssignPointer(object.vma, vma);
        }
        return vma;
    }

    /**
     * {@code vm_area_free()}: its memory may be reused once every RCU reader is done; from 6.15 on at once, and as
     * another VMA only.
     */
    void free(Task task, Vma vma) {
        VmaObject object = vma.object();
        if (object == null) {
            kernel.callRcu(task, () -> vma.freed().set(1));
            return;
        }
        vma.freed().set(1);
        platform.vmaCache.free(task, object);
    }

    /** {@code vm_area_dup()}: the same range and properties in {@code mm}; write-locked. */
    Vma dup(Task task, Mm mm, Vma vma) {
        long flags = vma.flags(kernel);
        Vma copy = alloc(task, mm, vma.file(), vma.start(kernel), vma.end(kernel), vma.pgoff(kernel), flags);
        platform.vmaLocks.startWrite(task, copy);
        kernel.writeOnce(copy.pageProt, vma.pageProt(kernel));
        kernel.rcuAssignPointer(copy.ops, vma.ops(kernel));
        kernel.writeOnce(copy.anonVma, kernel.readOnce(vma.anonVma));
        kernel.writePlain(copy.userfaultfdCtx, kernel.readPlain(vma.userfaultfdCtx));
        return copy;
    }

    /** {@code __split_vma()}: {@code vma} keeps what is below {@code addr}; gives the new VMA from {@code addr} on. */
    Vma split(Task task, Vma vma, long addr) {
        Mm mm = vma.mm();
        platform.vmaLocks.startWrite(task, vma);
        Vma upper = dup(task, mm, vma);
        OpenFile file = vma.file();
        vmaPrepare(task, vma);
        if (vma.isHugetlb()) {
            hugetlbTables.split(task, vma, addr);
        }
        long pages = (addr - vma.start(kernel)) / Address.PAGE_SIZE;
        kernel.writePlain(upper.start, addr);
        kernel.writePlain(upper.pgoff, vma.pgoff(kernel) + pages);
        long pfn = kernel.readPlain(vma.patPfn);
        kernel.writePlain(upper.patPfn, pfn == Vma.NOT_TRACKED ? pfn : pfn + pages);
        kernel.writePlain(vma.end, addr);
        platform.monitor.vmaWritten(task, vma, "vm_end");
        mm.tree.replace(List.of(vma), List.of(vma, upper));
        if (file != null) {
            file.mapping().linkLocked(upper);
        }
        vmaComplete(task, vma);
        return upper;
    }

    /** The part of {@code vma} within {@code [start, end)}, a VMA of its own after {@code split_vma()}. */
    Vma isolate(Task task, Vma vma, long start, long end) {
        Vma part = vma.start(kernel) < start ? split(task, vma, start) : vma;
        if (part.end(kernel) > end) {
            split(task, part, end);
        }
        return part;
    }

    /**
     * {@code vma_expand()}, and what {@code expand_downwards()} does: new bounds, and the offset of the new first page.
     * VMA write-locked.
     */
    void resize(Task task, Vma vma, long start, long end, long pgoff) {
        vmaPrepare(task, vma);
        kernel.writePlain(vma.start, start);
        kernel.writePlain(vma.pgoff, pgoff);
        kernel.writePlain(vma.end, end);
        platform.monitor.vmaWritten(task, vma, "vm_start, vm_end");
        vma.mm().tree.replace(List.of(vma), List.of(vma));
        vmaComplete(task, vma);
    }

    /** {@code vma_prepare()}: no rmap walk is at {@code vma}, or finds it, until {@link #vmaComplete}. */
    private void vmaPrepare(Task task, Vma vma) {
        OpenFile file = vma.file();
        if (file != null) {
            kernel.downWrite(task, file.mapping().iMmapRwsem);
        }
        if (kernel.readOnce(vma.anonVma) != 0) {
            kernel.downWrite(task, vma.mm().anonVma.rwsem);
        }
    }

    /** {@code vma_complete()}, its first half. */
    private void vmaComplete(Task task, Vma vma) {
        OpenFile file = vma.file();
        if (kernel.readOnce(vma.anonVma) != 0) {
            kernel.upWrite(task, vma.mm().anonVma.rwsem);
        }
        if (file != null) {
            kernel.upWrite(task, file.mapping().iMmapRwsem);
        }
    }

    /**
     * {@code copy_vma()}: what {@code vma} is from {@code from} on, {@code length} bytes at {@code to}; in the tree and
     * behind {@code vma} in the rmap of its file, so that a walk of it that misses an entry at the old place finds it
     * at the new one.
     */
    Vma copyTo(Task task, Vma vma, long from, long to, long length) {
        Mm mm = vma.mm();
        boolean untouched = vma.isAnonymous(kernel) && kernel.readOnce(vma.anonVma) == 0;
        long pgoff = untouched ? to / Address.PAGE_SIZE : vma.pgoffOf(kernel, from);
        Vma copy = dup(task, mm, vma);
        kernel.writePlain(copy.start, to);
        kernel.writePlain(copy.end, to + length);
        kernel.writePlain(copy.pgoff, pgoff);
        if (from == vma.start(kernel) && length >= vma.end(kernel) - from) {
            kernel.writePlain(copy.patPfn, kernel.readPlain(vma.patPfn)); // untrack_pfn_clear() of the old one
            kernel.writePlain(vma.patPfn, Vma.NOT_TRACKED);
        }
        mm.tree.replace(List.of(), List.of(copy));
        OpenFile file = vma.file();
        if (file != null) {
            file.mapping().link(task, copy);
        }
        return copy;
    }

    /**
     * {@code vma_merge()}: joins {@code vma} with its neighbours where nothing tells them apart; gives what it is part
     * of.
     */
    Vma mergeWithNeighbours(Task task, Vma vma) {
        Vma merged = vma;
        Vma below = vma.mm().tree.lookup(vma.start(kernel) - 1);
        if (below != null && canMerge(below, merged)) {
            merged = join(task, below, merged);
        }
        Vma above = vma.mm().tree.lookup(merged.end(kernel));
        if (above != null && canMerge(merged, above)) {
            merged = join(task, merged, above);
        }
        return merged;
    }

    /**
     * {@code can_vma_merge_after()}. {@code is_mergeable_anon_vma()} adds nothing: the model does not tell one anon_vma
     * from another, and a VMA without one may join a VMA with one.
     */
    private boolean canMerge(Vma below, Vma above) {
        long special = VmFlags.IO | VmFlags.DONTEXPAND | VmFlags.PFNMAP | VmFlags.MIXEDMAP;
        long flags = below.flags(kernel);
        long pages = (below.end(kernel) - below.start(kernel)) / Address.PAGE_SIZE;
        OpenFile file = below.file();
        return (flags & special) == 0
                && flags == above.flags(kernel)
                && Objects.equals(file, above.file())
                && kernel.readPlain(below.userfaultfdCtx) == kernel.readPlain(above.userfaultfdCtx)
                && below.ops(kernel) == above.ops(kernel)
                && below.pageProt(kernel) == above.pageProt(kernel)
                && below.pgoff(kernel) + pages == above.pgoff(kernel);
    }

    /** {@code dup_anon_vma()}: {@code dst} is about to cover what {@code src} maps. */
    private void dupAnonVma(Task task, Vma dst, Vma src) {
        if (kernel.readOnce(src.anonVma) == 0 || kernel.readOnce(dst.anonVma) != 0) {
            return;
        }
        if (!platform.config.has(Fault.B55)) {
            platform.vmaLocks.startWrite(task, dst);
        }
        kernel.writeOnce(dst.anonVma, 1);
        platform.monitor.vmaWritten(task, dst, "anon_vma");
    }

    private Vma join(Task task, Vma below, Vma above) {
        dupAnonVma(task, below, above);
        platform.vmaLocks.startWrite(task, below);
        platform.vmaLocks.startWrite(task, above);
        OpenFile file = below.file();
        vmaPrepare(task, below);
        kernel.writePlain(below.end, above.end(kernel));
        platform.monitor.vmaWritten(task, below, "vm_end");
        below.mm().tree.replace(List.of(below, above), List.of(below));
        if (file != null) {
            file.mapping().unlinkLocked(above);
        }
        vmaComplete(task, below);
        platform.vmaLocks.markDetached(task, above); // may wait for a reader, so without the locks of rmap
        free(task, above);
        return below;
    }
}
