package org.mmrace.mm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code mmap(2)} (mm/mmap.c). */
public final class Mmap {
    /** The lowest address that is handed out ({@code mmap_min_addr}). */
    static final long LOWEST = 16 * Address.PAGE_SIZE;

    private final Platform platform;
    private final Kernel kernel;
    private final PageProt pageProt;
    private final VmaEdit vmaEdit;
    private final Munmap munmap;

    Mmap(Platform platform, PageProt pageProt, VmaEdit vmaEdit, Munmap munmap) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.pageProt = pageProt;
        this.vmaEdit = vmaEdit;
        this.munmap = munmap;
    }

    /**
     * What is to be mapped.
     *
     * @param file the file, null for private anonymous memory; shared anonymous memory maps a shmem file of its own
     * @param shared MAP_SHARED rather than MAP_PRIVATE
     * @param prot {@link VmFlags#READ}, {@link VmFlags#WRITE}, {@link VmFlags#EXEC} bits
     * @param pgoff the file page that the first page maps
     * @param growsDown MAP_GROWSDOWN: a stack
     */
    public record Request(@Nullable OpenFile file, boolean shared, long prot, long pgoff, boolean growsDown) {
        /** What does not grow. */
        public Request(@Nullable OpenFile file, boolean shared, long prot, long pgoff) {
            this(file, shared, prot, pgoff, false);
        }

        /** Private anonymous memory. */
        public static Request anonymous(long prot) {
            return new Request(null, false, prot, 0);
        }

        /** A stack. */
        public static Request stack(long prot) {
            return new Request(null, false, prot, 0, true);
        }
    }

    /**
     * Maps {@code length} bytes at the lowest free address.
     *
     * @return the address, or a negative errno: -EINVAL, -ENOMEM, -EACCES for writing a shared file that is open for
     *     reading, or what the file's mmap hook gave
     */
    public long mmap(Task task, Mm mm, long length, Request request) {
        return mmapAt(task, mm, -1, length, request);
    }

    /**
     * As {@link #mmap}, at {@code addr} (MAP_FIXED_NOREPLACE).
     *
     * @param addr aligned; -1 to choose the lowest free address
     * @return as {@link #mmap}; -EEXIST if something is mapped there
     */
    public long mmapAt(Task task, Mm mm, long addr, long length, Request request) {
        long size = Address.pageAlign(length);
        if (length <= 0 || (addr >= 0 && !Address.isAligned(addr))) {
            return -Errno.EINVAL;
        }
        long flags = vmFlags(request);
        if (flags < 0) {
            return flags;
        }
        platform.vmaLocks.mmapWriteLock(task, mm);
        long at = place(mm, addr, size);
        if (at >= 0) {
            at = mmapRegion(task, mm, at, size, request, flags);
        }
        platform.vmaLocks.mmapWriteUnlock(task, mm);
        return at;
    }

    private long place(Mm mm, long addr, long size) {
        long high = platform.tables.taskSize();
        if (addr < 0) {
            long gap = mm.tree.findGap(size, LOWEST, high);
            return gap < 0 ? -Errno.ENOMEM : gap;
        }
        if (addr + size > high) {
            return -Errno.ENOMEM;
        }
        return mm.tree.overlapping(addr, addr + size).isEmpty() ? addr : -Errno.EEXIST;
    }

    /** {@code calc_vm_prot_bits()} and the table of {@code do_mmap()}; a negative errno if the file forbids it. */
    private static long vmFlags(Request request) {
        long flags = request.prot() | VmFlags.MAYREAD | VmFlags.MAYWRITE | VmFlags.MAYEXEC;
        OpenFile file = request.file();
        if (request.growsDown()) {
            flags |= VmFlags.GROWSDOWN;
        }
        if (!request.shared()) {
            return flags;
        }
        flags |= VmFlags.SHARED | VmFlags.MAYSHARE;
        if (file != null && !file.writable()) {
            if ((request.prot() & VmFlags.WRITE) != 0) {
                return -Errno.EACCES;
            }
            flags &= ~(VmFlags.MAYWRITE | VmFlags.SHARED);
        }
        return flags;
    }

    /** {@code mmap_region()}. */
    private long mmapRegion(Task task, Mm mm, long addr, long size, Request request, long flags) {
        OpenFile file = request.file();
        long pgoff = file == null ? addr / Address.PAGE_SIZE : request.pgoff();
        Vma vma = vmaEdit.alloc(task, mm, file, addr, addr + size, pgoff, flags);
        if (file != null) {
            int error = file.ops().mmap(task, vma);
            if (error != 0) {
                if (!platform.config.has(Fault.B59)) {
                    long floor = mm.tree.endBefore(addr);
                    long ceiling = mm.tree.startBehind(addr + size, platform.tables.taskSize());
                    munmap.unmapUnlinked(task, mm, vma, floor, ceiling);
                }
                vmaEdit.free(task, vma);
                return error;
            }
        }
        if (!platform.config.has(Fault.B54)) {
            platform.vmaLocks.startWrite(task, vma); // what follows changes it, and it is visible by then
        }
        mm.tree.replace(List.of(), List.of(vma));
        if (file != null) {
            file.mapping().link(task, vma);
        }
        vma.modifyFlags(kernel, platform.monitor, task, VmFlags.SOFTDIRTY, 0);
        pageProt.vmaSetPageProt(task, vma);
        if (file == null) {
            vmaEdit.mergeWithNeighbours(task, vma);
        }
        return addr;
    }

    /** {@code mm_alloc()}: an empty address space, or null when no page table is left. */
    public @Nullable Mm newMm(Task task) {
        return newMm(task, null);
    }

    /** As {@link #newMm(Task)}, for a child of {@code parent}, whose anonymous pages it may share. */
    @Nullable
    Mm newMm(Task task, @Nullable Mm parent) {
        PageTable pgd = platform.tables.allocTable(task);
        if (pgd == null) {
            return null;
        }
        Mm mm = new Mm(kernel, kernel.addReturn(platform.mmIds, 1), pgd, parent);
        mm.anonVma.link(task, mm);
        return mm;
    }
}
