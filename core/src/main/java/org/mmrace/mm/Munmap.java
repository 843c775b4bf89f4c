package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code munmap(2)} and {@code exit_mmap()} (mm/mmap.c). */
public final class Munmap {
    private final Platform platform;
    private final Kernel kernel;
    private final VmaEdit vmaEdit;
    private final Zap zap;
    private final FreePgtables freePgtables;
    private final PfnTracking pfnTracking;

    Munmap(Platform platform, VmaEdit vmaEdit, Zap zap, PfnTracking pfnTracking) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.vmaEdit = vmaEdit;
        this.zap = zap;
        this.freePgtables = new FreePgtables(platform.tables);
        this.pfnTracking = pfnTracking;
    }

    /** {@code do_vmi_align_munmap()} with downgrade: 0, also for a hole, or -EINVAL. */
    public int munmap(Task task, Mm mm, long start, long length) {
        long end = start + Address.pageAlign(length);
        if (!Address.isAligned(start) || length == 0 || end > platform.tables.taskSize() || end <= start) {
            return -Errno.EINVAL;
        }
        platform.vmaLocks.mmapWriteLock(task, mm);
        List<Vma> vmas = detach(task, mm, start, end);
        if (vmas.isEmpty()) {
            platform.vmaLocks.mmapWriteUnlock(task, mm);
            return 0;
        }
        long floor = mm.tree.endBefore(start);
        long ceiling = mm.tree.startBehind(end, platform.tables.taskSize());
        boolean downgrade = !platform.config.has(Fault.B50) || !isStack(mm.tree.find(end));
        if (downgrade) {
            platform.vmaLocks.mmapWriteDowngrade(task, mm);
        }
        long since = mm.revocations().add(1);
        unmapRegion(task, mm, vmas, start, end, floor, ceiling);
        platform.monitor.revoked(task, mm, start, end, since, false);
        if (downgrade) {
            kernel.upRead(task, mm.mmapLock);
        } else {
            platform.vmaLocks.mmapWriteUnlock(task, mm);
        }
        vmas.forEach(vma -> vmaEdit.free(task, vma));
        return 0;
    }

    /** As long as stacks grew under mmap_lock for reading, munmap next to one did not downgrade (246c320a8cfe). */
    private boolean isStack(@Nullable Vma vma) {
        return vma != null && (vma.flags(kernel) & VmFlags.GROWSDOWN) != 0;
    }

    /** {@code do_munmap()} inside a larger operation: mmap_lock held for writing, and still so at return. */
    void doMunmap(Task task, Mm mm, long start, long end) {
        List<Vma> vmas = start < end ? detach(task, mm, start, end) : List.of();
        if (vmas.isEmpty()) {
            return;
        }
        long floor = mm.tree.endBefore(start);
        long ceiling = mm.tree.startBehind(end, platform.tables.taskSize());
        long since = mm.revocations().add(1);
        unmapRegion(task, mm, vmas, start, end, floor, ceiling);
        platform.monitor.revoked(task, mm, start, end, since, false);
        vmas.forEach(vma -> vmaEdit.free(task, vma));
    }

    /** The point of no return: the VMAs of {@code [start, end)} leave the tree. mmap_lock held for writing. */
    private List<Vma> detach(Task task, Mm mm, long start, long end) {
        List<Vma> vmas = splitOut(task, mm, start, end);
        for (Vma vma : vmas) {
            platform.vmaLocks.startWrite(task, vma);
            platform.vmaLocks.markDetached(task, vma);
        }
        mm.tree.replace(vmas, List.of());
        return vmas;
    }

    /** The VMAs that lie within {@code [start, end)}, after splitting those that stick out. */
    private List<Vma> splitOut(Task task, Mm mm, long start, long end) {
        List<Vma> inside = new ArrayList<>();
        for (Vma vma : mm.tree.overlapping(start, end)) {
            inside.add(vmaEdit.isolate(task, vma, start, end));
        }
        return inside;
    }

    /** {@code unmap_region()}: {@code vmas} are in no tree any more, but still in the rmap of their files. */
    private void unmapRegion(Task task, Mm mm, List<Vma> vmas, long start, long end, long floor, long ceiling) {
        MmuGather gather = zap.gather(task, mm);
        for (Vma vma : vmas) {
            zap.unmapSingleVma(task, gather, vma, start, end, true);
            pfnTracking.untrackPfn(task, vma);
        }
        for (Vma vma : vmas) {
            unlinkFile(task, vma);
        }
        unlinkAnonVmas(task, mm, vmas);
        freePgtables.freePgtables(gather, mm, start, end, floor, ceiling);
        gather.finish();
    }

    /** The error path of mmap: whatever the driver inserted goes; {@code vma} is in no tree and in no rmap. */
    void unmapUnlinked(Task task, Mm mm, Vma vma, long floor, long ceiling) {
        MmuGather gather = zap.gather(task, mm);
        zap.unmapSingleVma(task, gather, vma, vma.start(kernel), vma.end(kernel), true);
        pfnTracking.untrackPfn(task, vma);
        freePgtables.freePgtables(gather, mm, vma.start(kernel), vma.end(kernel), floor, ceiling);
        gather.finish();
    }

    /** {@code unlink_file_vma()}. */
    private void unlinkFile(Task task, Vma vma) {
        OpenFile file = vma.file();
        if (file != null) {
            file.mapping().unlink(task, vma);
        }
    }

    /** {@code unlink_anon_vmas()}. */
    private void unlinkAnonVmas(Task task, Mm mm, List<Vma> vmas) {
        for (Vma vma : vmas) {
            if (kernel.readOnce(vma.anonVma) != 0) {
                mm.anonVma.waitForWalks(task);
                return;
            }
        }
    }

    /** {@code exit_mmap()}: the last user is gone. */
    public void exitMmap(Task task, Mm mm) {
        kernel.downRead(task, mm.mmapLock);
        List<Vma> vmas = mm.tree.all();
        long end = platform.tables.taskSize();
        MmuGather gather = zap.gather(task, mm);
        for (Vma vma : vmas) {
            zap.unmapSingleVma(task, gather, vma, 0, end, true);
            pfnTracking.untrackPfn(task, vma);
        }
        kernel.upRead(task, mm.mmapLock);
        platform.vmaLocks.mmapWriteLock(task, mm);
        for (Vma vma : vmas) {
            platform.vmaLocks.startWrite(task, vma);
            platform.vmaLocks.markDetached(task, vma);
            unlinkFile(task, vma);
        }
        mm.tree.replace(vmas, List.of());
        mm.anonVma.unlink(task, mm);
        freePgtables.freePgtables(gather, mm, 0, end, 0, end);
        gather.finish();
        platform.vmaLocks.mmapWriteUnlock(task, mm);
        vmas.forEach(vma -> vmaEdit.free(task, vma));
        platform.monitor.mmGone(task, mm);
        platform.mmRefs.mmdrop(task, mm);
    }
}
