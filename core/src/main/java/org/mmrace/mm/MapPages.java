package org.mmrace.mm;

import java.util.List;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.Task;

/** {@code vm_map_pages()} and its sibling (mm/memory.c): a driver maps an array of pages over a whole VMA. */
public final class MapPages {
    private final Kernel kernel;
    private final InsertPage insertPage;

    MapPages(Platform platform, InsertPage insertPage) {
        this.kernel = platform.kernel;
        this.insertPage = insertPage;
    }

    /** {@code vm_map_pages()}: maps the part of {@code pages} that the VMA's offset and length name. */
    public int vmMapPages(Task task, Vma vma, List<Page> pages) {
        return mapPages(task, vma, pages, vma.pgoff(kernel));
    }

    /** {@code vm_map_pages_zero()}: as {@link #vmMapPages}, whatever the VMA's offset. */
    public int vmMapPagesZero(Task task, Vma vma, List<Page> pages) {
        return mapPages(task, vma, pages, 0);
    }

    /** {@code __vm_map_pages()}. */
    private int mapPages(Task task, Vma vma, List<Page> pages, long offset) {
        long count = (vma.end(kernel) - vma.start(kernel)) / Address.PAGE_SIZE;
        if (offset >= pages.size() || count > pages.size() - offset) {
            return -Errno.ENXIO;
        }
        long addr = vma.start(kernel);
        for (long i = 0; i < count; i++) {
            int result = insertPage.vmInsertPage(task, vma, addr, pages.get((int) (offset + i)));
            if (result < 0) {
                return result;
            }
            addr += Address.PAGE_SIZE;
        }
        return 0;
    }
}
