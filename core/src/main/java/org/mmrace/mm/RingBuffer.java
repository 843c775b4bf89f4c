package org.mmrace.mm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mmrace.fault.Fault;
import org.mmrace.kernel.Errno;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LocalLong;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Warn;

/**
 * The tracing ring buffer of one CPU, which user space maps to read it (kernel/trace/ring_buffer.c): a meta page, then
 * sub-buffers of {@code 1 << order} pages. The user that the zeropage series was written for: since 6.12 it aligns the
 * sub-buffers by padding the meta page with zeropages ({@link org.mmrace.fault.KernelConfig#ringBufferPadding}).
 *
 * <p>Simpler than the kernel's: each page has a count of its own, where the kernel's sub-buffers are compound pages;
 * the meta page is there before the first mapping; and there is no {@code mapping_lock}, because nothing changes that
 * it protects.
 */
public final class RingBuffer implements FileOperations {
    private final Platform platform;
    private final Kernel kernel;
    private final InsertPage insertPage;
    private final int order;
    private final Page metaPage;
    private final List<List<Page>> subbufs;

    private RingBuffer(Platform platform, InsertPage insertPage, int order, Page metaPage, List<List<Page>> subbufs) {
        this.platform = platform;
        this.kernel = platform.kernel;
        this.insertPage = insertPage;
        this.order = order;
        this.metaPage = metaPage;
        this.subbufs = subbufs;
    }

    /** {@code rb_allocate_cpu_buffer()}; null when out of memory, with nothing left behind. */
    static @Nullable RingBuffer alloc(Task task, Platform platform, InsertPage insertPage, int order, int count) {
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < 1 + (count << order); i++) {
            Page page = platform.memory.alloc(task, PageKind.DRIVER);
            if (page == null) {
                pages.forEach(allocated -> platform.folios.put(task, allocated, RefKind.OWNER));
                return null;
            }
            pages.add(page);
        }
        List<List<Page>> subbufs = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            int first = 1 + (s << order);
            subbufs.add(List.copyOf(pages.subList(first, first + (1 << order))));
        }
        return new RingBuffer(platform, insertPage, order, pages.get(0), List.copyOf(subbufs));
    }

    /** {@code rb_free_cpu_buffer()}: its pages live on where they are still mapped. */
    public void free(Task task) {
        platform.folios.put(task, metaPage, RefKind.OWNER);
        subbufs.forEach(subbuf -> subbuf.forEach(page -> platform.folios.put(task, page, RefKind.OWNER)));
    }

    /** {@code ring_buffer_meta}: the page that says where the reader is. */
    public Page metaPage() {
        return metaPage;
    }

    /** The pages of sub-buffer {@code i}. */
    public List<Page> subbuf(int i) {
        return subbufs.get(i);
    }

    /**
     * {@code __rb_map_vma()}: maps the part that the offset and the length of the VMA name, in one batch.
     *
     * @return 0; -EPERM for a private, writable or executable mapping; -EINVAL for a part that does not exist or does
     *     not begin with a sub-buffer; -ENOMEM; or what {@code vm_insert_pages()} gives
     */
    @Override
    public int mmap(Task task, Vma vma) {
        long flags = vma.flags(kernel);
        if ((flags & (VmFlags.WRITE | VmFlags.EXEC)) != 0 || (flags & VmFlags.MAYSHARE) == 0) {
            return -Errno.EPERM;
        }
        boolean padding = platform.config.ringBufferPadding();
        long pgoff = vma.pgoff(kernel);
        if (padding && pgoff % subbufPages() != 0) {
            return -Errno.EINVAL;
        }
        long readersOnly = VmFlags.DONTCOPY | VmFlags.DONTEXPAND | VmFlags.DONTDUMP;
        vma.modifyFlags(kernel, platform.monitor, task, readersOnly, VmFlags.MAYWRITE);
        long total = padding ? (subbufs.size() + 1L) << order : ((long) subbufs.size() << order) + 1;
        long vmaPages = (vma.end(kernel) - vma.start(kernel)) / Address.PAGE_SIZE;
        if (total <= pgoff && !platform.config.has(Fault.B58)) {
            return -Errno.EINVAL;
        }
        if (vmaPages == 0 || Long.compareUnsigned(vmaPages, total - pgoff) > 0) {
            return -Errno.EINVAL;
        }
        if (platform.memory.allocationFails()) {
            return -Errno.ENOMEM;
        }
        List<Page> pages = new ArrayList<>();
        int error = collect(task, pages, pgoff, vmaPages, padding);
        return error != 0
                ? error
                : insertPage.vmInsertPages(task, vma, vma.start(kernel), pages, new LocalLong(pages.size()));
    }

    private int subbufPages() {
        return 1 << order;
    }

    /**
     * Fills {@code pages} with {@code count} pages from {@code pgoff} on. The look behind the last sub-buffer, which
     * only B58 can cause, is a warning since 6.12; 6.11 maps whatever lies behind its array.
     */
    private int collect(Task task, List<Page> pages, long pgoff, long count, boolean padding) {
        long s = 0;
        if (pgoff == 0) {
            pages.add(metaPage);
            for (int i = 1; padding && i < subbufPages() && pages.size() < count; i++) {
                pages.add(platform.memory.zeroPage());
            }
        } else {
            long behindMeta = pgoff - (padding ? subbufPages() : 1);
            if (behindMeta % subbufPages() != 0) {
                return -Errno.EINVAL;
            }
            s = behindMeta / subbufPages();
        }
        while (pages.size() < count) {
            if (Warn.on(s >= subbufs.size(), kernel, task, "__rb_map_vma", "there is no sub-buffer " + s)) {
                return -Errno.EINVAL;
            }
            List<Page> subbuf = subbufs.get((int) s);
            pages.addAll(subbuf.subList(0, (int) Math.min(subbuf.size(), count - pages.size())));
            s++;
        }
        return 0;
    }
}
