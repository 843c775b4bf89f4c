package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/**
 * A driver that brings a page into every mapping of its file, rather than waiting for faults. No driver of the kernel
 * does; it is here for the rule that it has to keep (kernel-semantics.md 12.4): the rmap lock is enough to clear
 * entries, and not to install them.
 */
public final class FilePopulate {
    /** Where a page of a file is mapped. */
    private record Place(Mm mm, long addr) {}

    private final Platform platform;
    private final Kernel kernel;
    private final InsertPage insertPage;

    FilePopulate(Platform platform, InsertPage insertPage) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.insertPage = insertPage;
    }

    /**
     * Maps {@code page} wherever page {@code index} of {@code mapping} belongs and nothing is mapped yet; the VMAs must
     * be VM_MIXEDMAP. Looks the places up under i_mmap_rwsem, then goes to each with the mmap_lock of its process.
     *
     * @return how many entries it has installed
     */
    public int populate(Task task, AddressSpace mapping, long index, Page page) {
        List<Place> places = new ArrayList<>();
        int installed = 0;
        kernel.downRead(task, mapping.iMmapRwsem);
        for (Vma vma : mapping.iMmap()) {
            long addr = vma.start(kernel) + (index - vma.pgoff(kernel)) * Address.PAGE_SIZE;
            if (platform.config.has(Fault.B71)) {
                installed += insert(task, vma, addr, page);
            } else {
                places.add(new Place(vma.mm(), addr));
            }
        }
        kernel.upRead(task, mapping.iMmapRwsem);
        for (Place place : places) {
            kernel.downRead(task, place.mm().mmapLock);
            Vma vma = place.mm().tree.lookup(place.addr());
            if (vma != null && maps(vma, mapping) && vma.pgoffOf(kernel, place.addr()) == index) {
                installed += insert(task, vma, place.addr(), page);
            }
            kernel.upRead(task, place.mm().mmapLock);
        }
        return installed;
    }

    private static boolean maps(Vma vma, AddressSpace mapping) {
        OpenFile file = vma.file();
        return file != null && file.mapping() == mapping;
    }

    private int insert(Task task, Vma vma, long addr, Page page) {
        return insertPage.vmInsertPage(task, vma, addr, page) == 0 ? 1 : 0;
    }
}
